-- name: make!
insert into wall (id, workshop_id, key, audience, by_what, made_at)
values (:id, :workshop_id, :key, :audience, :by_what, :at);

-- name: of_workshop
select * from wall where workshop_id = :workshop_id order by made_at, id;

-- name: find^
select * from wall where id = :id and workshop_id = :workshop_id;

-- name: by_key^
select wall.*, pulse.beat, workshop.language from wall
join workshop on workshop.id = wall.workshop_id
left join pulse on pulse.workshop_id = wall.workshop_id
where wall.key = :key;

-- name: change^
update wall set by_what = :by_what, focus_id = :focus_id, round_id = :round_id, closed_at = :closed_at, version = version + 1
where id = :id and version = :version
returning id;

-- name: ideas
-- When there are more than :most, the part of their keys that is chance says which hang: nobody is favoured. What was added
-- to an idea hangs with it, and the one that is shown large always does.
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.id in (
  select idea.id from idea join door on door.id = idea.door_id
  where idea.workshop_id = :workshop_id and idea.merged_into is null and idea.held = 0
    and idea.withdrawn_at is null and idea.erased_at is null
    and (idea.status = 'wall' or (:everyone = 0 and idea.status in ('received', 'read')))
    and (:everyone = 0 or (idea.stays = 0 and idea.visibility <> 'group' and coalesce(idea.narrowed_to, '') <> 'group'))
    and (idea.visibility <> 'group' or door.card_id <> :private)
  order by case when idea.id = :focus_id then 0 else 1 end, substr(coalesce(idea.about_id, idea.id), 11), idea.id limit :most);

-- name: counts^
-- How many ideas there are for a wall, and how many of all that came in wait until they are revealed.
select coalesce(sum(case when idea.about_id is null and (cast(:hidden_at as text) is null or idea.made_at < :hidden_at)
                         then 1 else 0 end), 0) as ideas,
       coalesce(sum(case when idea.made_at >= cast(:hidden_at as text) then 1 else 0 end), 0) as hidden
from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.merged_into is null and idea.held = 0
  and idea.withdrawn_at is null and idea.erased_at is null
  and (idea.status = 'wall' or (:everyone = 0 and idea.status in ('received', 'read')))
  and (:everyone = 0 or (idea.stays = 0 and idea.visibility <> 'group' and coalesce(idea.narrowed_to, '') <> 'group'))
  and (idea.visibility <> 'group' or door.card_id <> :private);

-- name: families
-- Where every idea that is part of another one, or adds to one, belongs.
select id, merged_into, about_id from idea where workshop_id = :workshop_id and merged_into is not null
union
select id, merged_into, about_id from idea where workshop_id = :workshop_id and about_id is not null;

-- name: put_in_themes
select event.id, event.idea_id, event.before, event.after, idea.theme_id, idea.place from event join idea on idea.id = event.idea_id
where idea.workshop_id = :workshop_id and idea.theme_id is not null and event.verb = 'themed' order by event.id;
