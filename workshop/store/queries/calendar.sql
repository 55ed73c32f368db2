-- name: of_workshop^
select * from calendar where workshop_id = :workshop_id;

-- name: behind^
select workshop_id from calendar where key = :key;

-- name: open!
insert into calendar (workshop_id, key, opened_at) values (:workshop_id, :key, :at) on conflict (workshop_id) do nothing;

-- name: close!
delete from calendar where workshop_id = :workshop_id;
