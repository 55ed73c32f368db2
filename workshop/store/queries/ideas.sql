-- name: place!
insert into idea (id, workshop_id, door_id, words, own_words, visibility, consent, for_other, perspective, maker, channel,
                  held, device, send_key, receipt, made_at, nr, about_id, question)
values (:id, :workshop_id, :door_id, :words, :words, :visibility, :consent, :for_other, :perspective, :maker, :channel,
        :held, :device, :send_key, :receipt, :at, :nr, :about_id, :question);

-- name: place_on_paper!
insert into idea (id, workshop_id, door_id, words, own_words, visibility, consent, for_other, perspective, channel, held,
                  send_key, receipt, made_at, slip, typing, asked, nr)
values (:id, :workshop_id, :door_id, :words, :words, 'group', :consent, :for_other, :perspective, 'paper', :held,
        :send_key, :receipt, :at, :slip, :typing, :asked, :nr);

-- name: of_slip^
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.slip = :slip;

-- name: to_type
select idea.id from idea left join typing_claim on typing_claim.idea_id = idea.id
where idea.workshop_id = :workshop_id and idea.typing = 'waiting' and idea.withdrawn_at is null and idea.erased_at is null
  and (typing_claim.idea_id is null or typing_claim.until < :at or typing_claim.facilitator_id = :who)
order by case when idea.id > :after then 0 else 1 end, idea.id limit 1;

-- name: left_to_type$
select count(*) from idea
where workshop_id = :workshop_id and typing = 'waiting' and withdrawn_at is null and erased_at is null;

-- name: typing_counts^
select count(*) as total,
       coalesce(sum(case when typing = 'waiting' then 1 else 0 end), 0) as waiting,
       coalesce(sum(case when typing = 'unreadable' then 1 else 0 end), 0) as unreadable,
       coalesce(sum(case when typing = 'ask_maker' then 1 else 0 end), 0) as ask_maker
from idea
where workshop_id = :workshop_id and typing <> '' and withdrawn_at is null and erased_at is null;

-- name: typing_as
select idea.id, idea.slip, idea.typing from idea
where workshop_id = :workshop_id and typing in ('unreadable', 'ask_maker') and withdrawn_at is null and erased_at is null
order by idea.id limit 200;

-- name: typed_by
select event.idea_id, max(event.id) as last from event join idea on idea.id = event.idea_id
where event.who = :who and event.verb in ('typed', 'empty') and idea.workshop_id = :workshop_id
  and idea.slip is not null and idea.withdrawn_at is null and idea.erased_at is null
group by event.idea_id
order by last desc limit 100;

-- name: claimed_by_other$
select count(*) from typing_claim where idea_id = :idea_id and facilitator_id <> :who and until >= :at;

-- name: remove_from_paper!
delete from idea where id = :id and channel = 'paper' and words = '' and version = 1;

-- name: remove_events!
delete from event where idea_id = :idea_id;

-- name: remove_claim!
delete from typing_claim where idea_id = :idea_id;

-- name: claim_typing!
insert into typing_claim (idea_id, facilitator_id, until) values (:idea_id, :who, :until)
on conflict (idea_id) do update set facilitator_id = :who, until = :until;

-- name: drop_claims!
delete from typing_claim where facilitator_id = :who or until < :at;

-- name: sent_before^
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.send_key = :send_key;

-- name: same_words^
select * from idea
where door_id = :door_id and device = :device and own_words = :words
  and coalesce(about_id, '') = coalesce(cast(:about_id as text), '') and withdrawn_at is null and made_at > :since and words <> ''
limit 1;

-- name: find^
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.id = :id and idea.workshop_id = :workshop_id and idea.erased_at is null;

-- name: by_receipt^
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.receipt = :receipt and idea.erased_at is null;

-- name: receipt_taken$
select count(*) from idea where receipt = :receipt;

-- name: came_from_phone$
select count(*) from idea where device = :device and made_at > :since;

-- name: came_at_door$
select count(*) from idea where door_id = :door_id and made_at > :since and held = 0;

-- name: came_in_workshop$
select count(*) from idea where workshop_id = :workshop_id and made_at > :since and held = 0;

-- name: shown
-- At a door: what the group sees, or with everyone = 1 only what is on the wall and everyone may see. The newest of its own
-- come by their index; what they were joined into may have been given elsewhere.
with recursive up (id) as (
  select merged_into from idea where door_id = :door_id and merged_into is not null
  union select idea.merged_into from up join idea on idea.id = up.id where idea.merged_into is not null
), own (id) as (
  select idea.id from idea join door on door.id = idea.door_id
  where idea.door_id = :door_id
    and idea.held = 0 and idea.status not in ('set_aside', 'apart') and idea.merged_into is null and idea.about_id is null
    and idea.withdrawn_at is null and idea.erased_at is null
    and (:everyone = 0 or (idea.status = 'wall' and idea.stays = 0
         and idea.visibility <> 'group' and coalesce(idea.narrowed_to, '') <> 'group'))
    and (cast(:hidden_at as text) is null or idea.made_at < :hidden_at)
    and (idea.visibility <> 'group' or door.card_id <> :private)
  order by idea.made_at desc, idea.id desc limit :most
)
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.id in (select id from own union select joined.id from idea joined join up on up.id = joined.id
                  where joined.channel = 'joined')
  and idea.held = 0 and idea.status not in ('set_aside', 'apart') and idea.merged_into is null and idea.about_id is null
  and idea.withdrawn_at is null and idea.erased_at is null
  and (:everyone = 0 or (idea.status = 'wall' and idea.stays = 0
       and idea.visibility <> 'group' and coalesce(idea.narrowed_to, '') <> 'group'))
  and (cast(:hidden_at as text) is null or idea.made_at < :hidden_at)
  and (idea.visibility <> 'group' or door.card_id <> :private)
order by idea.made_at desc, idea.id desc limit :most;

-- name: stream
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.withdrawn_at is null and idea.erased_at is null
  and idea.merged_into is null and idea.status <> 'apart'
order by idea.made_at desc, idea.id desc;

-- name: counts^
select count(*) as total,
       coalesce(sum(case when status = 'received' then 1 else 0 end), 0) as waiting,
       coalesce(sum(held), 0) as held,
       coalesce(sum(case when status = 'wall' then 1 else 0 end), 0) as wall,
       coalesce(sum(case when decided is null and about_id is null then 1 else 0 end), 0) as unanswered
from idea
where workshop_id = :workshop_id and withdrawn_at is null and erased_at is null and merged_into is null and status <> 'apart';

-- name: change^
update idea set words = :words, status = :status, reason = :reason, held = :held, narrowed_to = :narrowed_to,
       visibility = :visibility, maker = :maker, perspective = :perspective, own_words = :own_words,
       for_other = :for_other, typing = :typing, asked = :asked, withdrawn_at = :withdrawn_at,
       theme_id = :theme_id, place = :place, merged_into = :merged_into, planned = :planned, decided = :decided,
       address = :address, parked = :parked, question = :question, stays = :stays, knowledge = :knowledge,
       version = version + 1
where id = :id and version = :version and erased_at is null
returning id;

-- name: due_for_erasing
select id, workshop_id from idea where withdrawn_at < :before and erased_at is null;

-- name: erase!
update idea set words = '', own_words = '', maker = '', perspective = '', reason = '', device = '', typing = '', asked = '',
       address = '', parked = '', erased_at = :at
where id = :id;

-- name: ever_above
with recursive up (id) as (
  select joined_id from joined where idea_id = :idea_id
  union select joined.joined_id from up join joined on joined.idea_id = up.id
)
select id from up;

-- name: with_words
select * from event where idea_id = :idea_id and (before like '%words"%' or after like '%words"%');

-- name: rewrite_event!
update event set before = :before, after = :after where id = :id;

-- name: forget_decisions!
update decision set reason = '', next_step = '' where idea_id = :idea_id;

-- name: forget_events!
update event set before = '{}', after = '{}' where idea_id = :idea_id;

-- name: record!
insert into event (id, idea_id, at, who, verb, before, after, batch)
values (:id, :idea_id, :at, :who, :verb, :before, :after, :batch);

-- name: history
select event.*, facilitator.name as who_name from event
left join facilitator on facilitator.id = event.who
where event.idea_id = :idea_id order by event.id;

-- name: last_event^
-- What follows from another idea is nobody's doing. The last is that with the highest key: clocks may differ.
select * from event where idea_id = :idea_id and verb <> 'follows' order by id desc limit 1;

-- name: of_batch
select event.*, idea.workshop_id from event join idea on idea.id = event.idea_id
where event.batch = :batch and idea.workshop_id = :workshop_id and idea.erased_at is null
order by event.id desc;

-- name: last_verb
select event.* from event where event.idea_id = :idea_id and event.id > :after order by event.id;
