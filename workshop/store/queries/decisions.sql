-- name: make!
insert into decision (id, workshop_id, idea_id, kind, reason, next_step, by_when, made_by, perspective, with_group,
                      meeting_id, made_at)
values (:id, :workshop_id, :idea_id, :kind, :reason, :next_step, :by_when, :made_by, :perspective, :with_group,
        :meeting_id, :at);

-- name: find^
select decision.*, facilitator.name as decided_by, coalesce(own_perspective.name, '') as own_side
from decision join facilitator on facilitator.id = decision.made_by
left join own_perspective on own_perspective.id = decision.perspective
where decision.id = :id;

-- name: of_workshop
select decision.*, facilitator.name as decided_by, coalesce(own_perspective.name, '') as own_side
from decision join facilitator on facilitator.id = decision.made_by
left join own_perspective on own_perspective.id = decision.perspective
where decision.workshop_id = :workshop_id;

-- name: planned
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.planned is not null and idea.merged_into is null
  and idea.status <> 'apart' and idea.withdrawn_at is null and idea.erased_at is null
order by idea.made_at, idea.id;

-- name: undecided
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.planned is null and idea.decided is null and idea.merged_into is null
  and idea.about_id is null and idea.status <> 'apart' and idea.withdrawn_at is null and idea.erased_at is null
order by idea.made_at, idea.id;
