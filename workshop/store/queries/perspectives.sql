-- name: of_workshop
select * from own_perspective where workshop_id = :workshop_id order by made_at, id;

-- name: add!
insert into own_perspective (id, workshop_id, name, made_at) values (:id, :workshop_id, :name, :at);

-- name: remove!
update own_perspective set removed_at = :at where id = :id and workshop_id = :workshop_id and removed_at is null;

-- name: bring_back!
update own_perspective set removed_at = null where id = :id and workshop_id = :workshop_id;
