-- name: note!
insert into looking (workshop_id, facilitator_id, idea_id, at) values (:workshop_id, :facilitator_id, :idea_id, :at)
on conflict (workshop_id, facilitator_id) do update set idea_id = :idea_id, at = :at
where looking.idea_id <> :idea_id or looking.at < :stale;

-- name: others
select looking.idea_id, facilitator.name from looking join facilitator on facilitator.id = looking.facilitator_id
where looking.workshop_id = :workshop_id and looking.facilitator_id <> :facilitator_id and looking.at > :since
order by facilitator.name;

-- name: newest$
select max(id) from event;

-- name: changed
select event.id, event.idea_id, event.verb, event.batch, idea.nr, coalesce(facilitator.name, event.who) as name
from event join idea on idea.id = event.idea_id
left join facilitator on facilitator.id = event.who
where event.id > :after and idea.workshop_id = :workshop_id and event.who <> :facilitator_id
order by event.id;

-- name: forget!
delete from looking where idea_id = :idea_id;
