-- Meetings in a series, the way there, and why there is more time between two than usual.

-- series_id: what was planned in one go, to be undone in one go. every: the days people expect between two meetings.
-- gap_reason: why there are more days than that since the meeting before.
alter table meeting add column route text not null default '';
alter table meeting add column gap_reason text not null default '';
alter table meeting add column series_id text;
alter table meeting add column every integer not null default 42;

-- The calendar people can follow without signing in; its key is as long as that of a card, closing it is deleting it.
create table calendar (
  workshop_id text primary key references workshop (id),
  key text not null unique,
  opened_at text not null
);
