-- name: of_workshop
select theme.*,
       (select count(*) from idea where idea.theme_id = theme.id and idea.merged_into is null and idea.status not in ('apart', 'set_aside')
          and idea.withdrawn_at is null and idea.erased_at is null) as count
from theme where theme.workshop_id = :workshop_id and theme.removed_at is null order by theme.place, theme.id;

-- name: make!
insert into theme (id, workshop_id, name, place, made_at) values (:id, :workshop_id, :name, :place, :at);

-- name: change^
update theme set name = :name, place = :place, version = version + 1
where id = :id and version = :version and removed_at is null
returning id;

-- name: remove!
update theme set removed_at = :at, version = version + 1 where id = :id and removed_at is null;

-- name: bring_back!
update theme set removed_at = null, version = version + 1 where id = :id and workshop_id = :workshop_id;

-- name: ideas_in
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.merged_into is null and idea.about_id is null
  and idea.status not in ('apart', 'set_aside') and idea.withdrawn_at is null and idea.erased_at is null
  and (idea.theme_id = :theme_id or (cast(:theme_id as text) is null and idea.theme_id is null))
order by case when cast(:theme_id as text) is null then 0 else idea.place end, idea.made_at, idea.id;
