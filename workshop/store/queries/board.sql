-- name: was_made_of
select joined.idea_id from joined join idea on idea.id = joined.idea_id
where joined.joined_id = :joined_id and idea.erased_at is null order by idea.made_at, idea.id;

-- name: named
select id, cast(nr as text) as name from idea where id = :key and workshop_id = :workshop_id
union all select id, name from theme where id = :key and workshop_id = :workshop_id
union all select id, kind as name from decision where id = :key and workshop_id = :workshop_id;

-- name: standing
-- What stands by itself on the board, the first :most of each theme: in their order, those in none oldest first.
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.id in (
  select id from (
    select id, row_number() over (
      partition by theme_id order by case when theme_id is null then 0 else place end, made_at, id) as turn
    from idea
    where workshop_id = :workshop_id and about_id is null and merged_into is null and status not in ('apart', 'set_aside')
      and withdrawn_at is null and erased_at is null and (cast(:hidden_at as text) is null or made_at < :hidden_at)
  ) as ranked where turn <= :most);

-- name: standing_counts
select theme_id, count(*) as count from idea
where workshop_id = :workshop_id and about_id is null and merged_into is null and status not in ('apart', 'set_aside')
  and withdrawn_at is null and erased_at is null and (cast(:hidden_at as text) is null or made_at < :hidden_at)
group by theme_id;
