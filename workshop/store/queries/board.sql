-- name: was_made_of
select joined.idea_id from joined join idea on idea.id = joined.idea_id
where joined.joined_id = :joined_id and idea.erased_at is null order by idea.made_at, idea.id;

-- name: named
select id, cast(nr as text) as name from idea where id = :key and workshop_id = :workshop_id
union all select id, name from theme where id = :key and workshop_id = :workshop_id
union all select id, kind as name from decision where id = :key and workshop_id = :workshop_id;
