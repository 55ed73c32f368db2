-- name: begin!
insert into idea (id, workshop_id, door_id, words, own_words, visibility, consent, channel, status, send_key, receipt,
                  made_at, nr, theme_id, place)
values (:id, :workshop_id, :door_id, :words, '', 'group', :consent, 'joined', 'apart', :send_key, :receipt,
        :made_at, :nr, :theme_id, :place);

-- name: note!
insert into joined (joined_id, idea_id) values (:joined_id, :idea_id) on conflict (joined_id, idea_id) do nothing;

-- name: originals
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.merged_into = :idea_id and idea.erased_at is null
order by idea.made_at, idea.id;

-- name: leaves
with recursive down (id) as (
  select id from idea where merged_into = :idea_id
  union select idea.id from down join idea on idea.merged_into = down.id
)
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.id in (select id from down) and idea.channel <> 'joined' and idea.erased_at is null
order by idea.made_at, idea.id;

-- name: links
-- What each joined idea is made of (apart = 0), and what those taken apart were made of before (apart = 1).
select merged_into as whole, id as part, 0 as apart from idea
where workshop_id = :workshop_id and merged_into is not null
union all
select joined.joined_id, joined.idea_id, 1 from joined join idea on idea.id = joined.joined_id
where idea.workshop_id = :workshop_id and idea.status = 'apart';
