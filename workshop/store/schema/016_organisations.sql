-- Many organisations on one installation, each by itself. What was there before belongs to the first one, whose key is all
-- noughts; an installation without anybody in it has none yet.

-- bytes_counted: what its files weighed when they were counted last; bytes_added: what was let in since. Counting takes long
-- with many files, so it is not done while others wait to write.
-- most_*: how much there may be at most, 0 is no limit. paused_at: since when nobody works there and nothing new comes in.
-- erasing_at: since when everything of it is being erased; erased_at: when nothing of it was left but this row.
create table organisation (
  id text primary key,
  name text not null,
  made_at text not null,
  most_workshops bigint not null default 0,
  most_bytes bigint not null default 0,
  most_pages_month bigint not null default 0,
  bytes_counted bigint not null default 0,
  bytes_added bigint not null default 0,
  paused_at text,
  erasing_at text,
  erased_at text
);
insert into organisation (id, name, made_at)
select '00000000000000000000000000', 'Werkplaats', coalesce((select min(made_at) from facilitator), '')
where exists (select 1 from facilitator) or exists (select 1 from workshop);

alter table facilitator add column organisation_id text not null default '00000000000000000000000000'
  references organisation (id);
alter table workshop add column organisation_id text not null default '00000000000000000000000000'
  references organisation (id);
create index facilitator_organisation on facilitator (organisation_id);
create index workshop_organisation on workshop (organisation_id);

-- How many pages were read for whom in a month ('2027-01').
create table pages_read (
  organisation_id text not null references organisation (id),
  month text not null,
  pages bigint not null,
  primary key (organisation_id, month)
);

-- How large a stored file is, whoever speaks of it.
create table file_size (
  file text primary key,
  bytes bigint not null
);
insert into file_size (file, bytes) select file, max(bytes) from stack_file group by file;

-- Numbers that are on paper of an organisation that was erased: whoever has it is told so, and they are never given out
-- again.
create table stopped (
  number text primary key,
  at text not null
);

-- Files of an organisation that is being erased, until they are gone.
create table doomed (
  organisation_id text not null references organisation (id),
  file text not null,
  primary key (organisation_id, file)
);

-- Deleting a row looks for what points to it: not at all ideas and answers of everybody.
create index idea_planned on idea (planned) where planned is not null;
create index idea_decided on idea (decided) where decided is not null;
create index answer_on on answer (on_id);
create index answer_decision on answer (decision_id);
create index block_idea on block (idea_id) where idea_id is not null;
create index round_idea_idea on round_idea (idea_id);
create index trial_idea_idea on trial_idea (idea_id);
create index result_idea_idea on result_idea (idea_id);

-- Whether anybody still speaks of a file is asked of every file that goes.
create index picture_file on picture (file);
create index page_picture on page (picture);
create index sighting_crop on sighting (crop);
create index sighting_idea_crop on sighting (idea_crop);
create index print_order_file on print_order (file);
