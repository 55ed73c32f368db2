-- name: of^
select inside, outside, version from frame where workshop_id = :workshop_id;

-- name: change^
-- The first one is version 1; whoever saw none saw version 0.
insert into frame (workshop_id, inside, outside, made_by, at) values (:workshop_id, :inside, :outside, :who, :at)
on conflict (workshop_id) do update set inside = excluded.inside, outside = excluded.outside,
       made_by = excluded.made_by, at = excluded.at, version = frame.version + 1
where frame.version = :seen
returning version;

-- name: parked
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.parked <> '' and idea.withdrawn_at is null and idea.erased_at is null
  and idea.merged_into is null and idea.status <> 'apart'
order by idea.made_at, idea.id;
