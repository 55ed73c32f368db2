-- Looking for words on PostgreSQL: accents and endings do not matter, in Dutch and in English.
create extension if not exists unaccent;

create text search configuration plain_words (copy = simple);
alter text search configuration plain_words alter mapping for hword, hword_part, word with unaccent, simple;
create text search configuration dutch_words (copy = dutch);
alter text search configuration dutch_words alter mapping for hword, hword_part, word with unaccent, dutch_stem;
create text search configuration english_words (copy = english);
alter text search configuration english_words alter mapping for hword, hword_part, word with unaccent, english_stem;

-- It finds its configurations also where the path is empty, as when PostgreSQL looks at its tables by itself.
create function words_in (said text) returns tsvector language sql immutable parallel safe set search_path from current as $$
  select to_tsvector('plain_words', said) || to_tsvector('dutch_words', said) || to_tsvector('english_words', said)
$$;

create index idea_words on idea using gin (words_in(words || ' ' || own_words || ' ' || maker))
where withdrawn_at is null and erased_at is null and status <> 'apart';
