-- Paper that came back: stacks, their pages, what was seen on them; and ideas that came on paper.

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
  channel text not null check (channel in ('qr', 'number', 'paper')),
  status text not null default 'received' check (status in ('received', 'read', 'wall', 'set_aside')),
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
  asked text not null default '' check (asked in ('', 'group', 'everyone', 'everyone_named', 'doubt'))
);
insert into idea_new (id, workshop_id, door_id, words, own_words, visibility, narrowed_to, consent, for_other, perspective,
                      maker, channel, status, reason, held, withdrawn_at, erased_at, device, send_key, receipt, made_at,
                      version)
select id, workshop_id, door_id, words, own_words, visibility, narrowed_to, consent, for_other, perspective,
       maker, channel, status, reason, held, withdrawn_at, erased_at, device, send_key, receipt, made_at, version
from idea;
drop table idea;
alter table idea_new rename to idea;
create index idea_door on idea (door_id, made_at);
create index idea_workshop on idea (workshop_id, made_at);
create index idea_device on idea (device, made_at);
create index idea_typing on idea (workshop_id, typing, made_at);

-- One upload. The row is the truth about how far its reading is.
create table stack (
  id text primary key,
  workshop_id text not null references workshop (id),
  brought_by text references facilitator (id),
  brought_at text not null,
  way text not null check (way in ('stack', 'camera', 'phone', 'command')),
  state text not null default 'received' check (state in ('received', 'reading', 'read', 'failed')),
  attempts integer not null default 0,
  lease_until text,
  reason text not null default '',
  read_at text
);
create index stack_state on stack (state, lease_until);
create index stack_workshop on stack (workshop_id, brought_at);

-- One file of a stack, kept as it came. pages is null until it was opened; reason says why it could not be.
create table stack_file (
  id text primary key,
  stack_id text not null references stack (id),
  position integer not null,
  name text not null,
  file text not null,
  bytes integer not null,
  pages integer,
  reason text not null default '',
  unique (stack_id, position)
);
create index stack_file_file on stack_file (file);

-- One page of paper, in exactly one tray.
create table page (
  id text primary key,
  stack_id text not null references stack (id),
  stack_file_id text not null references stack_file (id),
  at integer not null,
  tray text not null check (tray in ('matched', 'seen', 'look')),
  reason text not null default '',
  picture text not null default '',
  width integer not null default 0,
  height integer not null default 0,
  bitonal integer not null default 0,
  turned integer not null default 0,
  settled_at text,
  settled_by text references facilitator (id),
  settled_as text not null default '',
  made_at text not null,
  unique (stack_file_id, at)
);
create index page_tray on page (stack_id, tray, settled_at);

-- One form on one page: a version of what is written there. A second scan adds a row here, never a second idea.
create table sighting (
  id text primary key,
  page_id text not null references page (id),
  slip text not null references slip (number),
  code text not null,
  side text not null check (side in ('front', 'back')),
  how text not null check (how in ('decoded', 'pattern', 'person')),
  sure integer not null,
  px_per_mm real not null,
  corners text not null,
  ticks text not null,
  counts text not null,
  doubt text not null,
  blank integer,
  crop text not null default '',
  idea_crop text not null default '',
  idea_width integer not null default 0,
  idea_height integer not null default 0,
  made_at text not null
);
create index sighting_slip on sighting (slip, made_at);
create index sighting_page on sighting (page_id);

-- Who is typing which idea over, so that two people share the pile without doing the same one.
create table typing_claim (
  idea_id text primary key references idea (id),
  facilitator_id text not null references facilitator (id),
  until text not null
);
