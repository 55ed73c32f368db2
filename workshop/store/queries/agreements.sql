-- name: of_workshop
select * from agreement where workshop_id = :workshop_id and removed_at is null order by place, id;

-- name: add!
insert into agreement (id, workshop_id, words, place, made_at) values (:id, :workshop_id, :words, :place, :at);

-- name: remove!
update agreement set removed_at = :at where id = :id and workshop_id = :workshop_id and removed_at is null;

-- name: bring_back!
update agreement set removed_at = null where id = :id and workshop_id = :workshop_id;

-- name: move!
update agreement set place = :place where id = :id;
