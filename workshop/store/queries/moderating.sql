-- name: trust!
update door set trusted_until = :until where id = :id and workshop_id = :workshop_id;

-- name: trusted
select id as door_id, card_id, number, trusted_until from door
where workshop_id = :workshop_id and trusted_until > :at order by made_at, id;

-- name: is_blocked$
select count(*) from blocked where workshop_id = :workshop_id and device = :device;

-- name: block!
insert into blocked (workshop_id, device, at, by_whom) values (:workshop_id, :device, :at, :who)
on conflict (workshop_id, device) do nothing;

-- name: lift!
delete from blocked where workshop_id = :workshop_id and device = :device;

-- name: blocked
select blocked.device, blocked.at, facilitator.name as by_whom,
       (select count(*) from idea where idea.workshop_id = blocked.workshop_id and idea.device = blocked.device
          and idea.made_at > blocked.at and idea.withdrawn_at is null and idea.erased_at is null) as since
from blocked join facilitator on facilitator.id = blocked.by_whom
where blocked.workshop_id = :workshop_id order by blocked.at;

-- name: unread_of
-- What came from a phone and no person has looked at yet.
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.device = :device and idea.status = 'received'
  and idea.withdrawn_at is null and idea.erased_at is null
order by idea.made_at, idea.id;

-- name: around
select made_at from idea
where workshop_id = :workshop_id and device = :device and made_at between :since and :until and erased_at is null
order by made_at;

-- name: perspective_of^
select perspective from idea
where workshop_id = :workshop_id and device = :device and perspective <> '' and for_other = 0
order by made_at desc limit 1;

-- name: votes_since$
select count(*) from support
where at > :since and round_id = '' and workshop_id = :workshop_id and (cast(:voter as text) is null or voter = :voter);

-- name: numbered^
select id from idea where workshop_id = :workshop_id and nr = :nr and about_id is null and erased_at is null;
