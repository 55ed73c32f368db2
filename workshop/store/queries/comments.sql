-- name: shown
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.about_id is not null
  and idea.held = 0 and idea.status not in ('set_aside', 'apart') and idea.withdrawn_at is null and idea.erased_at is null
  and (:everyone = 0
       or (idea.status = 'wall' and idea.stays = 0 and idea.visibility <> 'group' and coalesce(idea.narrowed_to, '') <> 'group'))
  and (cast(:hidden_at as text) is null or idea.made_at < :hidden_at)
  and (idea.visibility <> 'group' or door.card_id <> :private)
order by idea.made_at, idea.id;

-- name: there
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.about_id is not null
  and idea.withdrawn_at is null and idea.erased_at is null
order by idea.made_at, idea.id;

-- name: joined_now^
select merged_into from idea where id = :id;

-- name: joined_before
select joined.idea_id from joined join idea on idea.id = joined.joined_id
where joined.joined_id = :id and idea.status = 'apart' order by joined.idea_id;
