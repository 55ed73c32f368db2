-- name: kept
-- Marked ideas, what each of them is part of, what it is made of, and what adds to any of these.
with recursive up (id) as (
  select id from idea where workshop_id = :workshop_id and stays = 1
  union select idea.merged_into from up join idea on idea.id = up.id where idea.merged_into is not null
)
select id from up
union
select idea.id from idea where idea.workshop_id = :workshop_id and idea.about_id in (select id from up);
