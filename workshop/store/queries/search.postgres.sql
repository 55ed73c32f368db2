-- name: found
-- The marks are signs that no words of ours can hold. What is asked comes as SQLite wants it: "bankje" * OR "bank" *.
with asked as (
  select to_tsquery('plain_words', replace(replace(replace(replace(replace(replace(
    :asked, chr(92), chr(92) || chr(92)), '''', ''''''), '" *', ''':*'), '"', ''''), ' OR ', ' | '), ' AND ', ' & ')) as query
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
