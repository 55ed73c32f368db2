-- name: cards_of
-- How many people shared something at a card, by side; makers' own ideas, also those that were joined with others.
select idea.perspective, count(*) as count from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and door.card_id = :card_id and idea.channel <> 'joined' and idea.about_id is null
  and idea.status not in ('set_aside', 'apart') and idea.withdrawn_at is null and idea.erased_at is null
group by idea.perspective;
