-- The first tables. Text keys (ids.py), fixed-width UTC text for moments (clock.py), enums as checks.
-- The same text runs on SQLite and PostgreSQL.

create table workshop (
  id text primary key,
  name text not null,
  question text not null,
  language text not null check (language in ('nl', 'en')),
  address text not null,
  contact_name text not null,
  contact_phone text not null,
  seen text not null default 'soon' check (seen in ('first', 'soon')),
  next_date text,
  rehearsal integer not null default 0,
  word_misses_reset_at text not null,
  closed_at text,
  made_at text not null,
  version integer not null default 1
);

create table facilitator (
  id text primary key,
  name text not null unique,
  passphrase text,
  made_at text not null
);

create table member (
  workshop_id text not null references workshop (id),
  facilitator_id text not null references facilitator (id),
  role text not null check (role in ('facilitator', 'helper', 'observer')),
  since text not null,
  primary key (workshop_id, facilitator_id)
);

-- A link that works once: to sign in (facilitator_id is filled) or to join a workshop (workshop_id is).
create table invitation (
  token text primary key,
  workshop_id text references workshop (id),
  facilitator_id text references facilitator (id),
  role text not null check (role in ('facilitator', 'helper', 'observer')),
  made_at text not null,
  made_by text,
  expires_at text not null,
  used_at text,
  used_by text references facilitator (id)
);

create table signin (
  token text primary key,
  facilitator_id text not null references facilitator (id),
  began_at text not null,
  seen_at text not null,
  ended_at text
);
create index signin_facilitator on signin (facilitator_id);

create table choice (
  workshop_id text not null references workshop (id),
  card_id text not null,
  copies integer not null check (copies between 1 and 99),
  chosen_at text not null,
  primary key (workshop_id, card_id)
);

-- card_id '' is the workshop's own door: poster and table tents.
create table door (
  id text primary key,
  workshop_id text not null references workshop (id),
  card_id text not null,
  number text not null unique,
  key text not null,
  word text not null,
  closed_at text,
  made_at text not null,
  unique (workshop_id, card_id)
);

create table idea (
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
  channel text not null check (channel in ('qr', 'number')),
  status text not null default 'received' check (status in ('received', 'read', 'wall', 'set_aside')),
  reason text not null default '',
  held integer not null default 0,
  withdrawn_at text,
  erased_at text,
  device text not null default '',
  send_key text not null unique,
  receipt text not null unique,
  made_at text not null,
  version integer not null default 1
);
create index idea_door on idea (door_id, made_at);
create index idea_workshop on idea (workshop_id, made_at);
create index idea_device on idea (device, made_at);

create table picture (
  id text primary key,
  idea_id text not null references idea (id),
  file text not null,
  width integer not null,
  height integer not null,
  position integer not null
);
create index picture_idea on picture (idea_id, position);

-- Everything that ever happened to an idea; append-only, and the source of undo.
create table event (
  id text primary key,
  idea_id text not null references idea (id),
  at text not null,
  who text not null,
  verb text not null,
  before text not null,
  after text not null
);
create index event_idea on event (idea_id, at);

-- Wrong numbers, words, receipts and passphrases, so that guessing has a budget.
create table miss (
  id text primary key,
  at text not null,
  kind text not null check (kind in ('number', 'word', 'receipt', 'passphrase')),
  subject text not null,
  device text not null
);
create index miss_kind on miss (kind, subject, at);

create table print_order (
  id text primary key,
  workshop_id text not null references workshop (id),
  ordered_by text not null references facilitator (id),
  ordered_at text not null,
  what text not null,
  state text not null default 'ordered' check (state in ('ordered', 'printing', 'ready', 'failed')),
  attempts integer not null default 0,
  lease_until text,
  file text,
  name text,
  reason text not null default '',
  finished_at text
);
create index print_order_state on print_order (state, lease_until);
