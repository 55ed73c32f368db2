-- Rounds of dots: one series of dot sheets for every twelve ideas, who gave dots from which phone, and who did what when.

create table round_new (
  id text primary key,
  workshop_id text not null references workshop (id),
  title text not null,
  dots integer not null check (dots between 1 and 12),
  made_at text not null,
  opened_at text,
  closed_at text,
  shown_at text
);
insert into round_new select id, workshop_id, title, dots, made_at, opened_at, closed_at, shown_at from round;
drop table round;
alter table round_new rename to round;
create index round_workshop on round (workshop_id, made_at);

-- The sheets of a series have the ideas of a round from this line on, twelve at most.
create table round_sheet (
  series_id text primary key references slip_series (id),
  round_id text not null references round (id),
  first_line integer not null
);
create index round_sheet_round on round_sheet (round_id);

-- Who gave dots, from which phone: one phone and one stub number count once, whichever of the two somebody used.
create table ballot (
  round_id text not null references round (id),
  voter text not null,
  device text not null,
  at text not null,
  primary key (round_id, voter)
);
create index ballot_device on ballot (round_id, device);

create table round_step (
  id text primary key,
  round_id text not null references round (id),
  what text not null check (what in ('made', 'opened', 'closed', 'shown', 'hidden', 'counted')),
  who text not null references facilitator (id),
  at text not null
);
create index round_step_round on round_step (round_id, id);
