-- name: make!
insert into answer (id, workshop_id, idea_id, decision_id, on_id, batch, published_at, published_by)
values (:id, :workshop_id, :idea_id, :decision_id, :on_id, :batch, :at, :who);

-- name: added_to
-- Ideas about this one, or about anything it was made of.
with recursive down (id) as (
  select id from idea where id = :idea_id
  union select idea.id from down join idea on idea.merged_into = down.id
),
about (id) as (
  select idea.id from idea join down on idea.about_id = down.id
  union select idea.id from about join idea on idea.about_id = about.id
)
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.id in (select id from about) and idea.planned is null and idea.decided is null and idea.erased_at is null
  and idea.merged_into is null
order by idea.made_at, idea.id;

-- name: take_back!
update answer set retracted_at = :at, retracted_in = :undoing
where on_id = :on_id and batch = :batch and retracted_at is null;

-- name: count_again!
update answer set retracted_at = null, retracted_in = '', batch = :undoing
where on_id = :on_id and retracted_in = :batch and retracted_in <> '';

-- name: of_idea
select answer.*, case when answer.on_id = answer.idea_id then 0 else target.nr end as via_nr
from answer join idea target on target.id = answer.on_id
where answer.idea_id = :idea_id and answer.retracted_at is null
order by answer.published_at desc, answer.id desc;

-- name: newest
select answer.*, case when answer.on_id = answer.idea_id then 0 else target.nr end as via_nr
from answer join idea target on target.id = answer.on_id
join idea on idea.id = answer.idea_id
where answer.workshop_id = :workshop_id and answer.retracted_at is null
  and idea.withdrawn_at is null and idea.erased_at is null and idea.made_at >= :since and idea.made_at < :until
  and (:again = 1 or answer.printed_at is null)
  and not exists (select 1 from answer later where later.idea_id = answer.idea_id and later.retracted_at is null
                  and later.id > answer.id)
order by idea.nr;

-- name: ideas_of
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.channel <> 'joined' and idea.withdrawn_at is null and idea.erased_at is null
  and idea.id in (select answer.idea_id from answer where answer.workshop_id = :workshop_id);

-- name: beside
select answer.id as answer_id, idea.nr from answer
join answer other on other.on_id = answer.on_id and other.batch = answer.batch and other.idea_id <> answer.idea_id
  and other.retracted_at is null
join idea on idea.id = other.idea_id and idea.withdrawn_at is null
where answer.workshop_id = :workshop_id and answer.on_id <> answer.idea_id and answer.retracted_at is null
  and idea.about_id is null
order by answer.id, idea.nr;

-- name: printed!
update answer set printed_at = :at where id = :id and printed_at is null;

-- name: printed_in$
select count(*) from answer
where workshop_id = :workshop_id and batch = :batch and batch <> '' and printed_at is not null and retracted_at is null;

-- name: rate!
update answer set understandable = coalesce(:understandable, understandable), fair = coalesce(:fair, fair), rated_at = :at
where id = :id;

-- name: ratings
select 'understandable' as asked, understandable as face, count(*) as times from answer
where workshop_id = :workshop_id and retracted_at is null and understandable is not null group by understandable
union all
select 'fair' as asked, fair as face, count(*) as times from answer
where workshop_id = :workshop_id and retracted_at is null and fair is not null group by fair;

-- name: coverage
select idea.channel, idea.perspective, count(*) as total,
       sum(case when exists (select 1 from answer where answer.idea_id = idea.id and answer.retracted_at is null)
                then 1 else 0 end) as answered
from idea
where idea.workshop_id = :workshop_id and idea.channel <> 'joined' and idea.withdrawn_at is null and idea.erased_at is null
  and idea.made_at >= :since and idea.made_at < :until
group by idea.channel, idea.perspective;
