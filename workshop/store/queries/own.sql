-- name: shelf^
select version from own_shelf where workshop_id = :workshop_id;

-- name: shelf_changed!
insert into own_shelf (workshop_id, version) values (:workshop_id, 1)
on conflict (workshop_id) do update set version = own_shelf.version + 1;

-- name: make_deck!
insert into own_deck (id, workshop_id, deck_id, position, mark, colour, name_nl, name_en, made_at)
values (:id, :workshop_id, :deck_id, :position, :mark, :colour, :name_nl, :name_en, :at);

-- name: change_deck^
update own_deck set mark = :mark, colour = :colour, name_nl = :name_nl, name_en = :name_en, version = version + 1
where id = :id and version = :version
returning *;

-- name: deck^
select * from own_deck where id = :id and workshop_id = :workshop_id;

-- name: decks
select * from own_deck where workshop_id = :workshop_id order by position;

-- name: deck_away!
update own_deck set away_at = :at where id = :id and workshop_id = :workshop_id;

-- name: make_card!
insert into own_card (id, workshop_id, own_deck_id, card_id, number, draft, edition, made_at)
values (:id, :workshop_id, :own_deck_id, :card_id, :number, :draft, :edition, :at);

-- name: change_card^
update own_card set card_id = :card_id, draft = :draft, nl = :nl, en = :en, edition = :edition, version = version + 1
where id = :id and version = :version
returning *;

-- name: take_in_use!
update own_card set card_id = :card_id, nl = :nl, en = :en, edition = :edition where id = :id and version = :version;

-- name: card^
select own_card.*, own_deck.deck_id, own_deck.away_at as deck_away_at from own_card
join own_deck on own_deck.id = own_card.own_deck_id
where own_card.id = :id and own_card.workshop_id = :workshop_id;

-- name: card_called^
select own_card.*, own_deck.deck_id, own_deck.away_at as deck_away_at from own_card
join own_deck on own_deck.id = own_card.own_deck_id
where own_card.card_id = :card_id and own_card.workshop_id = :workshop_id;

-- name: cards
select own_card.*, own_deck.deck_id, own_deck.away_at as deck_away_at from own_card
join own_deck on own_deck.id = own_card.own_deck_id
where own_card.workshop_id = :workshop_id order by own_deck.position, own_card.number;

-- name: card_away!
update own_card set away_at = :at where id = :id and workshop_id = :workshop_id;

-- name: last_number$
select coalesce(max(number), 0) from own_card where own_deck_id = :own_deck_id;

-- name: record!
insert into own_version (own_card_id, version, draft, at, who, verb)
values (:own_card_id, :version, :draft, :at, :who, :verb);

-- name: history
select own_version.*, facilitator.name as who_name from own_version
join facilitator on facilitator.id = own_version.who
where own_card_id = :own_card_id order by version desc;

-- name: at_version^
select own_version.*, facilitator.name as who_name from own_version
join facilitator on facilitator.id = own_version.who
where own_card_id = :own_card_id and version = :version;

-- name: keep_picture!
insert into own_picture (file, workshop_id, kept_at) values (:file, :workshop_id, :at)
on conflict (workshop_id, file) do nothing;

-- name: picture_like$
select file from own_picture where workshop_id = :workshop_id and substr(file, 1, 8) = :start;

-- name: keep_parcel!
insert into own_parcel (id, workshop_id, who, file, at) values (:id, :workshop_id, :who, :file, :at);

-- name: parcel^
select * from own_parcel where id = :id and workshop_id = :workshop_id;

-- name: forget_parcels
delete from own_parcel where at < :before returning file;

-- name: forget_parcel!
delete from own_parcel where id = :id;

-- name: parcel_uses$
select (select count(*) from own_parcel where file = :file) + (select count(*) from print_order where file = :file);
