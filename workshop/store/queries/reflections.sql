-- name: seen
-- What is not shared is for who wrote it, and for nobody else.
select reflection.*, facilitator.name as maker from reflection join facilitator on facilitator.id = reflection.made_by
where reflection.workshop_id = :workshop_id and reflection.removed_at is null
  and (reflection.shared = 1 or reflection.made_by = cast(:who as text))
order by reflection.made_at, reflection.id;

-- name: mine^
-- Also when it was emptied: then it can be brought back.
select reflection.*, facilitator.name as maker from reflection join facilitator on facilitator.id = reflection.made_by
where reflection.workshop_id = :workshop_id and reflection.layer = :layer and reflection.made_by = :who
  and coalesce(reflection.meeting_id, '') = coalesce(cast(:meeting_id as text), '')
  and coalesce(reflection.trial_id, '') = coalesce(cast(:trial_id as text), '');

-- name: write!
insert into reflection (id, workshop_id, meeting_id, trial_id, layer, words, shared, made_by, made_at)
values (:id, :workshop_id, :meeting_id, :trial_id, :layer, :words, :shared, :who, :at);

-- name: change^
update reflection set words = :words, shared = :shared, removed_at = :removed_at, version = version + 1
where id = :id and version = :version
returning id;

-- name: covered
-- In which layers was looked back at what: nothing of what anybody wrote.
select distinct meeting_id, trial_id, layer from reflection
where workshop_id = :workshop_id and removed_at is null;

-- name: ideas
select idea.made_at, door.card_id from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and door.card_id in (:doing, :thinking, :being) and idea.channel <> 'joined'
  and idea.withdrawn_at is null and idea.erased_at is null;
