-- What was erased when a workshop ended counts here: it was heard and answered. What its maker took away does not.

-- name: told
-- Of every idea that came in: when, and when its maker was first answered.
select idea.made_at, min(answer.published_at) as told_at
from idea left join answer on answer.idea_id = idea.id and answer.retracted_at is null
where idea.workshop_id = :workshop_id and idea.channel <> 'joined' and idea.withdrawn_at is null
group by idea.id, idea.made_at;

-- name: sides
select perspective, count(*) as count from idea
where workshop_id = :workshop_id and channel <> 'joined' and withdrawn_at is null and perspective <> ''
group by perspective order by count(*) desc, perspective;

-- name: withdrawn^
select count(*) as asked,
       coalesce(sum(case when erased_at is not null or withdrawn_at > :before then 1 else 0 end), 0) as handled
from idea where workshop_id = :workshop_id and withdrawn_at is not null;

-- name: stacks
select brought_at, read_at from stack where workshop_id = :workshop_id and read_at is not null;

-- name: wanted
select perspective from seat where workshop_id = :workshop_id and wanted > 0 order by perspective;

-- name: trials^
select count(*) as begun,
       coalesce(sum(case when ended_at is not null and lesson <> '' then 1 else 0 end), 0) as learned
from trial where workshop_id = :workshop_id and started_at is not null and dropped_at is null;

-- name: at_card$
select count(*) from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and door.card_id = :card_id and idea.withdrawn_at is null;

-- name: printed_since$
select count(*) from print_order
where workshop_id = :workshop_id and what like '%"document": "progress"%' and ordered_at >= :since;
