-- name: ideas
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.withdrawn_at is null and idea.erased_at is null and idea.status <> 'apart'
order by idea.made_at, idea.id;
