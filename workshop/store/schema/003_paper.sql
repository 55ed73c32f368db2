-- Paper that comes back. A series is what was ordered in one go; every sheet of it is a slip with its own number.
-- What is printed on all of them (question, rows, language) is kept with the series, so that printing it again
-- gives the same paper. Numbers are rows before they are paper.

create table slip_series (
  id text primary key,
  workshop_id text not null references workshop (id),
  kind text not null check (kind in ('a5', 'a6', 'large', 'dots', 'rings')),
  card_id text not null default '',
  language text not null check (language in ('nl', 'en')),
  question text not null,
  choices text not null default '[]',
  count integer not null check (count between 1 and 10000),
  seed text not null default '',
  made_at text not null,
  printed_at text
);
create index slip_series_workshop on slip_series (workshop_id, made_at);
create unique index slip_series_seed on slip_series (workshop_id, seed, kind, card_id, language, count) where seed <> '';

create table slip (
  number text primary key,
  series_id text not null references slip_series (id),
  workshop_id text not null references workshop (id),
  position integer not null,
  key text not null,
  stub_key text not null,
  stub_words text not null,
  withdrawn_at text
);
create unique index slip_series_position on slip (series_id, position);
create index slip_workshop on slip (workshop_id);

-- How far a print is: sheets done, of so many; 0 of 0 when that is not known.
alter table print_order add column done integer not null default 0;
alter table print_order add column total integer not null default 0;
