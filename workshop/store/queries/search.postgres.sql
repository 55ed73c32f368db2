-- name: found
-- The marks are signs that no words of ours can hold. What is asked comes as SQLite wants it: "bankje" * OR "bank" *.
with asked as (
  select to_tsquery('plain_words', replace(replace(replace(replace(replace(
    :asked, '''', ''''''), '" *', ''':*'), '"', ''''), ' OR ', ' | '), ' AND ', ' & ')) as query
)
select idea.id,
       ts_headline('plain_words', idea.words, asked.query, 'HighlightAll=true,StartSel=' || chr(2) || ',StopSel=' || chr(3)) as words,
       case when idea.own_words = idea.words then '' else
         ts_headline('plain_words', idea.own_words, asked.query, 'HighlightAll=true,StartSel=' || chr(2) || ',StopSel=' || chr(3)) end
         as own_words,
       ts_headline('plain_words', idea.maker, asked.query, 'HighlightAll=true,StartSel=' || chr(2) || ',StopSel=' || chr(3)) as maker
from idea cross join asked
where words_in(idea.words || ' ' || idea.own_words || ' ' || idea.maker) @@ asked.query
  and idea.workshop_id = :workshop_id
  and idea.withdrawn_at is null and idea.erased_at is null and idea.status <> 'apart';

-- name: numbered
select idea.id from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.withdrawn_at is null and idea.erased_at is null and idea.status <> 'apart'
  and (cast(idea.nr as text) = :digits or idea.slip = :digits or door.number = :digits);

-- name: behind$
-- The index of words is kept up by the database itself: there is never anything to catch up with.
select 1 = 0;

-- name: drop_stale!
delete from idea where 1 = 0;

-- name: add_stale!
delete from idea where 1 = 0;

-- name: drop_gone!
delete from idea where 1 = 0;

-- name: none_stale!
delete from idea where 1 = 0;

-- name: rebuild!
delete from idea where 1 = 0;

-- name: parts
with recursive family (top, id) as (
  select id, id from idea
  where workshop_id = :workshop_id and merged_into is null and status <> 'apart' and withdrawn_at is null and erased_at is null
  union all
  select family.top, idea.id from family join idea on idea.merged_into = family.id
  where idea.withdrawn_at is null and idea.erased_at is null
)
select family.top, idea.id, door.card_id, idea.channel, idea.perspective, idea.made_at,
       above.status, above.held, above.theme_id, above.planned, above.about_id, decision.kind
from family
join idea on idea.id = family.id
join door on door.id = idea.door_id
join idea as above on above.id = family.top
left join decision on decision.id = above.decided
order by above.made_at desc, above.id desc, idea.id;
