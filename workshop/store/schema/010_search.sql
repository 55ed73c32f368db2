-- Looking for words in ideas. `sought` gives every idea a number that never changes: the table of words needs one, and
-- the number SQLite gives rows of its own may change in a copy. Triggers note which ideas changed, so that no way of
-- changing one can forget it; the table of words catches up before anybody looks (a trigger may not write it itself:
-- our connections trust no schema). Whoever makes the table idea anew makes these triggers anew as well.

create table sought (
  number integer primary key,
  idea_id text unique references idea (id),
  stale integer not null default 1
);
create index sought_stale on sought (number) where stale = 1;

create virtual table sought_words using fts5 (words, own_words, maker, tokenize = 'unicode61 remove_diacritics 2');

create trigger idea_sought after insert on idea begin
  insert into sought (idea_id) values (new.id);
end;

create trigger idea_sought_anew after update of words, own_words, maker, status, withdrawn_at, erased_at on idea
when new.words <> old.words or new.own_words <> old.own_words or new.maker <> old.maker
  or (new.status = 'apart') <> (old.status = 'apart') or new.withdrawn_at is not old.withdrawn_at
  or new.erased_at is not old.erased_at
begin
  update sought set stale = 1 where idea_id = new.id;
end;

create trigger idea_sought_gone before delete on idea begin
  update sought set idea_id = null, stale = 1 where idea_id = old.id;
end;

insert into sought (idea_id) select id from idea order by made_at, id;
