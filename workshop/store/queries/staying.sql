-- name: kept
-- Marked and private ideas, what each of them is part of, what it is made of, and what adds to any of these.
with recursive up (id) as (
  select idea.id from idea join door on door.id = idea.door_id
  where idea.workshop_id = :workshop_id
    and (idea.stays = 1 or (idea.visibility = 'group' and door.card_id = :private))
  union select idea.merged_into from up join idea on idea.id = up.id where idea.merged_into is not null
)
select id from idea
where workshop_id = :workshop_id and erased_at is null and (id in (select id from up) or about_id in (select id from up));
