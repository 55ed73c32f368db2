-- Curating, deciding, answering: short numbers, themes, joined ideas, support, decisions and the answers they become.

-- A number that grows with every change in a workshop, so that whoever watches asks for nothing twice.
create table pulse (
  workshop_id text primary key references workshop (id),
  beat integer not null
);

create table meeting (
  id text primary key,
  workshop_id text not null references workshop (id),
  date text not null,
  name text not null default '',
  place text not null default '',
  begins text not null default '',
  ends text not null default '',
  called_off_at text,
  made_at text not null,
  version integer not null default 1
);
create index meeting_workshop on meeting (workshop_id, date);

create table attendance (
  meeting_id text not null references meeting (id),
  perspective text not null,
  present integer not null check (present between 0 and 999),
  primary key (meeting_id, perspective)
);

insert into meeting (id, workshop_id, date, made_at) select id, id, next_date, made_at from workshop where next_date is not null;

-- seen: which ideas a person reads before the group does: 'all', those by number and on paper ('first'), or none ('soon').
-- hidden_at: ideas made since are for the desk only. support_shown_at: null as long as support is seen at the desk only.
create table workshop_new (
  id text primary key,
  name text not null,
  question text not null,
  language text not null check (language in ('nl', 'en')),
  address text not null,
  contact_name text not null,
  contact_phone text not null,
  seen text not null default 'soon' check (seen in ('all', 'first', 'soon')),
  rehearsal integer not null default 0,
  word_misses_reset_at text not null,
  closed_at text,
  made_at text not null,
  version integer not null default 1,
  last_nr integer not null default 0,
  hidden_at text,
  support_shown_at text
);
insert into workshop_new (id, name, question, language, address, contact_name, contact_phone, seen, rehearsal,
                          word_misses_reset_at, closed_at, made_at, version, last_nr)
select id, name, question, language, address, contact_name, contact_phone, seen, rehearsal,
       word_misses_reset_at, closed_at, made_at, version, (select count(*) from idea where idea.workshop_id = workshop.id)
from workshop;
drop table workshop;
alter table workshop_new rename to workshop;

alter table member add column perspective text not null default '';
alter table event add column batch text not null default '';
create index event_batch on event (batch) where batch <> '';
alter table door add column trusted_until text;

create table theme (
  id text primary key,
  workshop_id text not null references workshop (id),
  name text not null,
  place real not null,
  made_at text not null,
  removed_at text,
  version integer not null default 1
);
create index theme_workshop on theme (workshop_id, place);

-- What is to happen with an idea, and why. Never changed: another thought is another row.
create table decision (
  id text primary key,
  workshop_id text not null references workshop (id),
  idea_id text not null references idea (id),
  kind text not null check (kind in ('make', 'try', 'keep', 'not_now')),
  reason text not null,
  next_step text not null,
  by_when text not null,
  made_by text not null references facilitator (id),
  perspective text not null,
  with_group integer not null,
  meeting_id text references meeting (id),
  made_at text not null
);
create index decision_idea on decision (idea_id, made_at);

-- nr: the number people say aloud. merged_into: the joined idea it is part of. about_id: the idea it adds to.
-- planned, decided: the decision that is prepared, and the one that was published.
create table idea_new (
  id text primary key,
  workshop_id text not null references workshop (id),
  door_id text not null references door (id),
  words text not null,
  own_words text not null,
  visibility text not null check (visibility in ('group', 'everyone', 'everyone_named')),
  narrowed_to text check (narrowed_to in ('group', 'everyone')),
  consent text not null,
  for_other integer not null default 0,
  perspective text not null default '',
  maker text not null default '',
  channel text not null check (channel in ('qr', 'number', 'paper', 'joined')),
  status text not null default 'received' check (status in ('received', 'read', 'wall', 'set_aside', 'apart')),
  reason text not null default '',
  held integer not null default 0,
  withdrawn_at text,
  erased_at text,
  device text not null default '',
  send_key text not null unique,
  receipt text not null unique,
  made_at text not null,
  version integer not null default 1,
  slip text unique references slip (number),
  typing text not null default '' check (typing in ('', 'waiting', 'typed', 'drawing', 'unreadable', 'ask_maker')),
  asked text not null default '' check (asked in ('', 'group', 'everyone', 'everyone_named', 'doubt')),
  nr integer not null,
  theme_id text references theme (id),
  place real not null default 0,
  merged_into text references idea (id),
  about_id text references idea (id),
  planned text references decision (id),
  decided text references decision (id),
  address text not null default '',
  unique (workshop_id, nr)
);
insert into idea_new (id, workshop_id, door_id, words, own_words, visibility, narrowed_to, consent, for_other, perspective,
                      maker, channel, status, reason, held, withdrawn_at, erased_at, device, send_key, receipt, made_at,
                      version, slip, typing, asked, nr)
select id, workshop_id, door_id, words, own_words, visibility, narrowed_to, consent, for_other, perspective,
       maker, channel, status, reason, held, withdrawn_at, erased_at, device, send_key, receipt, made_at,
       version, slip, typing, asked, row_number() over (partition by workshop_id order by made_at, id)
from idea;
drop table idea;
alter table idea_new rename to idea;
create index idea_door on idea (door_id, made_at);
create index idea_workshop on idea (workshop_id, made_at);
create index idea_device on idea (device, made_at);
create index idea_typing on idea (workshop_id, typing, made_at);
create index idea_merged on idea (merged_into) where merged_into is not null;
create index idea_about on idea (about_id) where about_id is not null;
create index idea_theme on idea (theme_id, place) where theme_id is not null;

-- What was ever joined: rows stay when an idea is taken apart, so that support given while joined is not lost.
create table joined (
  joined_id text not null references idea (id),
  idea_id text not null references idea (id),
  primary key (joined_id, idea_id)
);
create index joined_idea on joined (idea_id);

-- What one maker gets to hear: one row for every idea under what was decided on. Rated by whoever got it: 1 to 3.
create table answer (
  id text primary key,
  workshop_id text not null references workshop (id),
  idea_id text not null references idea (id),
  decision_id text not null references decision (id),
  on_id text not null references idea (id),
  batch text not null,
  published_at text not null,
  published_by text not null references facilitator (id),
  retracted_at text,
  retracted_in text not null default '',
  printed_at text,
  understandable integer check (understandable between 1 and 3),
  fair integer check (fair between 1 and 3),
  rated_at text
);
create index answer_idea on answer (idea_id, published_at);
create index answer_workshop on answer (workshop_id, published_at);
create index answer_batch on answer (batch);

-- Dots with a limit, about some ideas. shown_at: null as long as nobody may see the result.
create table round (
  id text primary key,
  workshop_id text not null references workshop (id),
  title text not null,
  dots integer not null check (dots between 1 and 12),
  made_at text not null,
  opened_at text,
  closed_at text,
  shown_at text,
  series_id text references slip_series (id),
  version integer not null default 1
);
create index round_workshop on round (workshop_id, made_at);

create table round_idea (
  round_id text not null references round (id),
  idea_id text not null references idea (id),
  line integer not null,
  primary key (round_id, idea_id),
  unique (round_id, line)
);

-- Who stands behind an idea. One voter (a phone, a numbered stub, a sheet of paper) counts once: voter is
-- 'device:…', 'slip:…' or 'sheet:…'. round_id is '' for “Dat herken ik”.
create table support (
  id text primary key,
  workshop_id text not null references workshop (id),
  idea_id text not null references idea (id),
  round_id text not null default '',
  voter text not null,
  count integer not null check (count between 0 and 999),
  channel text not null check (channel in ('phone', 'paper', 'typed')),
  perspective text not null default '',
  at text not null,
  unique (idea_id, round_id, voter)
);
create index support_workshop on support (workshop_id, round_id);
create index support_voter on support (voter, at);

-- Phones whose ideas a person sees first.
create table blocked (
  workshop_id text not null references workshop (id),
  device text not null,
  at text not null,
  by_whom text not null references facilitator (id),
  primary key (workshop_id, device)
);

-- A screen in the room or the hall. Its key is in its address.
create table wall (
  id text primary key,
  workshop_id text not null references workshop (id),
  key text not null unique,
  audience text not null check (audience in ('group', 'everyone')),
  by_what text not null default 'theme' check (by_what in ('theme', 'card')),
  focus_id text references idea (id),
  round_id text references round (id),
  closed_at text,
  made_at text not null,
  version integer not null default 1
);
create index wall_workshop on wall (workshop_id, made_at);

-- Which idea somebody at the desk has before them.
create table looking (
  workshop_id text not null references workshop (id),
  facilitator_id text not null references facilitator (id),
  idea_id text not null references idea (id),
  at text not null,
  primary key (workshop_id, facilitator_id)
);

create table slip_series_new (
  id text primary key,
  workshop_id text not null references workshop (id),
  kind text not null check (kind in ('a5', 'a6', 'large', 'dots', 'rings', 'answer_a5', 'answer_a6', 'answer_large')),
  card_id text not null default '',
  language text not null check (language in ('nl', 'en')),
  question text not null,
  choices text not null default '[]',
  count integer not null check (count between 1 and 10000),
  seed text not null default '',
  made_at text not null,
  printed_at text
);
insert into slip_series_new select id, workshop_id, kind, card_id, language, question, choices, count, seed, made_at, printed_at
from slip_series;
drop table slip_series;
alter table slip_series_new rename to slip_series;
create index slip_series_workshop on slip_series (workshop_id, made_at);
create unique index slip_series_seed on slip_series (workshop_id, seed, kind, card_id, language, count) where seed <> '';
alter table slip add column answer_id text references answer (id);
create index slip_answer on slip (answer_id) where answer_id is not null;
