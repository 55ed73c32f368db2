-- name: numbered
select idea.id from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.withdrawn_at is null and idea.erased_at is null and idea.status <> 'apart'
  and (cast(idea.nr as text) = :digits or idea.slip = :digits or door.number = :digits);

-- name: parts
with recursive family (top, id) as (
  select id, id from idea
  where workshop_id = :workshop_id and merged_into is null and status <> 'apart' and withdrawn_at is null and erased_at is null
  union all
  select family.top, idea.id from family join idea on idea.merged_into = family.id
  where idea.withdrawn_at is null and idea.erased_at is null
)
select family.top, idea.id, door.card_id, idea.channel, idea.perspective, idea.made_at, idea.visibility, idea.question, idea.stays,
       above.parked,
       above.status, above.held, above.theme_id, above.planned, above.about_id, decision.kind
from family
join idea on idea.id = family.id
join door on door.id = idea.door_id
join idea as above on above.id = family.top
left join decision on decision.id = above.decided
order by above.made_at desc, above.id desc, idea.id;
