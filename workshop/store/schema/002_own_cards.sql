-- Decks and cards of a workshop's own, every version of them, and which words of a card were printed.

create table own_deck (
  id text primary key,
  workshop_id text not null references workshop (id),
  deck_id text not null,
  position integer not null,
  mark text not null,
  colour text not null,
  name_nl text not null,
  name_en text not null,
  away_at text,
  made_at text not null,
  version integer not null default 1,
  unique (workshop_id, deck_id)
);

-- draft: what is typed now. nl, en: the card files in use, '' as long as there is none without errors.
create table own_card (
  id text primary key,
  workshop_id text not null references workshop (id),
  own_deck_id text not null references own_deck (id),
  card_id text not null,
  number integer not null,
  draft text not null,
  nl text not null default '',
  en text not null default '',
  edition integer not null default 1,
  away_at text,
  made_at text not null,
  version integer not null default 1,
  unique (workshop_id, card_id)
);
create index own_card_deck on own_card (own_deck_id, number);

-- Everything that was ever saved; append-only, and the source of going back.
create table own_version (
  own_card_id text not null references own_card (id),
  version integer not null,
  draft text not null,
  at text not null,
  who text not null references facilitator (id),
  verb text not null check (verb in ('made', 'saved', 'back', 'picture', 'language', 'taken in')),
  primary key (own_card_id, version)
);

create table own_picture (
  file text not null,
  workshop_id text not null references workshop (id),
  kept_at text not null,
  primary key (workshop_id, file)
);

-- Changes whenever something of the shelf does, so that nobody reads it twice.
create table own_shelf (
  workshop_id text primary key references workshop (id),
  version integer not null
);

-- Someone else's cards that were looked at and found right, until they are taken in or two days later.
create table own_parcel (
  id text primary key,
  workshop_id text not null references workshop (id),
  who text not null references facilitator (id),
  file text not null,
  at text not null
);

-- Each text of a card that went to paper: its version as printed, and the key in its QR.
create table printed (
  door_id text not null references door (id),
  language text not null check (language in ('nl', 'en')),
  words text not null,
  version integer not null,
  key text not null,
  at text not null,
  primary key (door_id, language, words)
);
