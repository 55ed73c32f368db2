-- Work on several machines: who is at what, whose turn it is, and who keeps the house tidy.

-- worker: who claimed it, another word every time. Whoever lost its claim finds another word there, and settles nothing.
alter table print_order add column worker text not null default '';
alter table stack add column worker text not null default '';
-- Since when it waits after a turn of its own; '' is since it was brought.
alter table stack add column rested_at text not null default '';

-- When somebody last had a turn: whoever waits longest for one goes first.
create table work_turn (
  kind text not null check (kind in ('print', 'read')),
  owner text not null,
  at text not null,
  primary key (kind, owner)
);

-- Processes that print and read, and when they were last heard of.
create table worker (
  name text primary key,
  seen_at text not null
);

-- What is done by one process at a time.
create table chore (
  name text primary key,
  worker text not null,
  lease_until text not null,
  done_at text not null default ''
);
