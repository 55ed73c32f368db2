-- The learning network: what kind of trajectory a workshop is, what it is about, who has a seat, what is allowed, plans of
-- meetings, trials, layers of learning, results, and how it ends.

-- kind: a knowledge circle shares, a learning circle has a dial from sharing (1) to making together (5), a workshop does it all.
-- questions_until: until then only questions can be sent. names_erased_at: when the names of makers were erased for good.
alter table workshop add column kind text not null default 'circle' check (kind in ('circle', 'learning', 'workshop'));
alter table workshop add column dial integer not null default 1 check (dial between 1 and 5);
alter table workshop add column questions_until text;
alter table workshop add column names_erased_at text;

-- parked: why an idea lies outside what the workshop is about, '' when it does not. question: it was sent while only questions
-- could be. stays: “Dit blijft hier”, it never leaves the group. knowledge: what kind it brings, '' when it follows from the
-- perspective.
alter table idea add column parked text not null default '';
alter table idea add column question integer not null default 0;
alter table idea add column stays integer not null default 0;
alter table idea add column knowledge text not null default '' check (knowledge in ('', 'experience', 'practice', 'research'));

create table frame (
  workshop_id text primary key references workshop (id),
  inside text not null,
  outside text not null,
  made_by text not null references facilitator (id),
  at text not null,
  version integer not null default 1
);

-- A side of a workshop's own, next to those of the field. Its key is what ideas and counts carry.
create table own_perspective (
  id text primary key,
  workshop_id text not null references workshop (id),
  name text not null,
  made_at text not null,
  removed_at text
);
create index own_perspective_workshop on own_perspective (workshop_id, made_at);

create table seat (
  workshop_id text not null references workshop (id),
  perspective text not null,
  wanted integer not null default 0 check (wanted between 0 and 99),
  invited integer not null default 0 check (invited between 0 and 99),
  primary key (workshop_id, perspective)
);

-- How often people from one side spoke in a meeting: the tally of the second facilitator.
create table turn (
  meeting_id text not null references meeting (id),
  perspective text not null,
  count integer not null check (count between 0 and 999),
  primary key (meeting_id, perspective)
);

-- An idea laid before a side that had not seen it yet.
create table glasses (
  id text primary key,
  workshop_id text not null references workshop (id),
  idea_id text not null references idea (id),
  perspective text not null,
  meeting_id text references meeting (id),
  at text not null,
  who text not null references facilitator (id),
  unique (idea_id, perspective)
);

-- covered: somebody read the mandate of the workshop and said that it allows this trial too.
create table trial (
  id text primary key,
  workshop_id text not null references workshop (id),
  title text not null,
  question text not null,
  follows text references trial (id),
  until text not null default '',
  started_at text,
  started_by text references facilitator (id),
  tried text not null default '',
  looked_back text not null default '',
  understood text not null default '',
  planned text not null default '',
  observed text not null default '',
  outcome text not null default '' check (outcome in ('', 'works', 'partly', 'not', 'unknown')),
  lesson text not null default '',
  ended_at text,
  made_by text not null references facilitator (id),
  made_at text not null,
  dropped_at text,
  covered integer not null default 0,
  version integer not null default 1
);
create index trial_workshop on trial (workshop_id, made_at);

-- What happened to a trial, only ever added to: before holds what was changed, as it was.
create table trial_event (
  id text primary key,
  trial_id text not null references trial (id),
  at text not null,
  who text not null references facilitator (id),
  verb text not null,
  before text not null
);
create index trial_event_trial on trial_event (trial_id, id);

create table trial_idea (
  trial_id text not null references trial (id),
  idea_id text not null references idea (id),
  primary key (trial_id, idea_id)
);

-- Who allows what, until when. trial_id is null for the workshop as a whole. Never changed: a new one is another row.
create table mandate (
  id text primary key,
  workshop_id text not null references workshop (id),
  trial_id text references trial (id),
  allows text not null,
  what text not null,
  until text not null,
  signed text not null check (signed in ('', 'paper', 'screen')),
  signed_at text,
  made_by text not null references facilitator (id),
  made_at text not null,
  ended_at text
);
create index mandate_workshop on mandate (workshop_id, made_at);

create table action (
  id text primary key,
  workshop_id text not null references workshop (id),
  meeting_id text references meeting (id),
  trial_id text references trial (id),
  what text not null,
  owner text not null check (owner in ('facilitator', 'group', 'other')),
  owner_name text not null default '',
  due text not null default '',
  done_at text,
  dropped_at text,
  made_by text not null references facilitator (id),
  made_at text not null,
  version integer not null default 1
);
create index action_workshop on action (workshop_id, made_at);

-- How a meeting is to go. version is the edition as people see it on paper: the first change after a print makes the
-- next one. printed_version is the edition on paper, 0 when there is none. promised_end is when it would be over, as
-- planned when it began.
create table plan (
  meeting_id text primary key references meeting (id),
  recipe_id text not null default '',
  tables integer not null default 4 check (tables between 1 and 30),
  people integer not null default 20 check (people between 1 and 99),
  large integer not null default 3 check (large between 0 and 99),
  idea_cards integer not null default 1 check (idea_cards between 0 and 9),
  begun_at text,
  promised_end text,
  ended_at text,
  version integer not null default 1,
  printed_version integer not null default 0
);

-- A piece of a meeting. planned is how many minutes it had when the meeting began: what it really took lies between
-- began_at and ended_at. One that was left out has only ended_at.
create table block (
  id text primary key,
  meeting_id text not null references meeting (id),
  place real not null,
  kind text not null check (kind in ('welcome', 'agreements', 'listen', 'work', 'break', 'close')),
  minutes integer not null check (minutes between 1 and 240),
  leads text not null check (leads in ('A', 'B')),
  title text not null,
  words text not null default '',
  other_way text not null default '',
  cards text not null default '[]',
  idea_id text references idea (id),
  planned integer,
  began_at text,
  ended_at text,
  made_at text not null,
  removed_at text,
  version integer not null default 1
);
create index block_meeting on block (meeting_id, place);

-- What somebody did to a plan, and how it was: what can be undone, and what makes twice into once.
create table plan_step (
  id text primary key,
  meeting_id text not null references meeting (id),
  what text not null,
  changes text not null,
  who text not null references facilitator (id),
  at text not null,
  undone_at text
);
create index plan_step_meeting on plan_step (meeting_id, id);

-- A look back at a meeting or a trial, in one of three layers. What is not shared is for who wrote it only.
create table reflection (
  id text primary key,
  workshop_id text not null references workshop (id),
  meeting_id text references meeting (id),
  trial_id text references trial (id),
  layer text not null check (layer in ('doing', 'thinking', 'being')),
  words text not null,
  shared integer not null,
  made_by text not null references facilitator (id),
  made_at text not null,
  removed_at text,
  version integer not null default 1
);
create index reflection_workshop on reflection (workshop_id, made_at);

-- Sheets with rings can be printed for the table of one side: then its key, else ''.
alter table slip_series add column perspective text not null default '';

-- How many buttons lay in which ring: of a group, never of a person. slip is the number of the sheet it was read from.
create table zone (
  id text primary key,
  workshop_id text not null references workshop (id),
  meeting_id text references meeting (id),
  perspective text not null default '',
  known integer not null check (known between 0 and 999),
  learning integer not null check (learning between 0 and 999),
  too_much integer not null check (too_much between 0 and 999),
  slip text unique references slip (number),
  who text not null references facilitator (id),
  at text not null,
  removed_at text
);
create index zone_workshop on zone (workshop_id, at);

create table agreement (
  id text primary key,
  workshop_id text not null references workshop (id),
  words text not null,
  place real not null,
  made_at text not null,
  removed_at text
);
create index agreement_workshop on agreement (workshop_id, place);

-- What came of it: a product or a result. key opens its page for who has the address.
create table result (
  id text primary key,
  workshop_id text not null references workshop (id),
  key text not null unique,
  title text not null,
  story text not null default '',
  tried text not null default '',
  learned text not null default '',
  next_step text not null default '',
  credits text not null default '',
  audience text not null default 'group' check (audience in ('group', 'everyone')),
  picture text not null default '',
  picture_alt text not null default '',
  published_at text,
  made_by text not null references facilitator (id),
  made_at text not null,
  removed_at text,
  version integer not null default 1
);
create index result_workshop on result (workshop_id, made_at);

create table result_idea (
  result_id text not null references result (id),
  idea_id text not null references idea (id),
  primary key (result_id, idea_id)
);

create table result_trial (
  result_id text not null references result (id),
  trial_id text not null references trial (id),
  primary key (result_id, trial_id)
);

-- Which decisions told makers of a result when it was published: who has an answer by one of these was told.
create table result_decision (
  result_id text not null references result (id),
  decision_id text not null references decision (id),
  primary key (result_id, decision_id)
);

-- What happened to a result: before is what undoing puts back, batch is under which publishing told its makers.
create table result_event (
  id text primary key,
  result_id text not null references result (id),
  at text not null,
  who text not null references facilitator (id),
  verb text not null,
  before text not null,
  batch text not null default ''
);
create index result_event_result on result_event (result_id, id);

-- How a workshop ends. order_id: the print order that packs everything to take along; beat: the pulse at that moment, so that
-- nothing is erased that changed since. told: the counts that were said before erasing began, keep_named what was chosen then;
-- doomed: files that nothing speaks of any more and that are still to be deleted.
create table ending (
  workshop_id text primary key references workshop (id),
  order_id text not null default '',
  exported_at text,
  beat integer not null default 0,
  asked_at text,
  keep_named integer not null default 0,
  doomed text not null default '[]',
  erased_at text,
  told text not null default '{}',
  made_by text not null references facilitator (id)
);
