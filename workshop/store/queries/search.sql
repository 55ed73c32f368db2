-- name: found
-- Full-text search is the one text that is SQLite's own. The marks are signs that no words of ours can hold. Cross joins
-- keep the order: words first, else they are looked for once for every idea.
select sought.idea_id as id,
       highlight(sought_words, 0, char(2), char(3)) as words,
       highlight(sought_words, 1, char(2), char(3)) as own_words,
       highlight(sought_words, 2, char(2), char(3)) as maker
from sought_words
cross join sought on sought.number = sought_words.rowid and sought.stale = 0
cross join idea on idea.id = sought.idea_id
where sought_words match :asked and idea.workshop_id = :workshop_id
  and idea.withdrawn_at is null and idea.erased_at is null and idea.status <> 'apart';

-- name: behind$
select exists (select 1 from sought where stale = 1);

-- name: drop_stale!
delete from sought_words where rowid in (select number from sought where stale = 1);

-- name: add_stale!
insert into sought_words (rowid, words, own_words, maker)
select sought.number, idea.words, case when idea.own_words = idea.words then '' else idea.own_words end, idea.maker
from sought join idea on idea.id = sought.idea_id
where sought.stale = 1 and idea.withdrawn_at is null and idea.erased_at is null and idea.status <> 'apart';

-- name: drop_gone!
delete from sought where idea_id is null;

-- name: none_stale!
update sought set stale = 0 where stale = 1;

-- name: rebuild!
-- What is deleted stays in its pages, in pieces, until it is made anew.
insert into sought_words (sought_words) values ('rebuild');
