-- name: note!
insert into printed (door_id, language, words, version, key, at)
values (:door_id, :language, :words, :version, :key, :at)
on conflict (door_id, language, words) do nothing;

-- name: find^
select * from printed where door_id = :door_id and language = :language and words = :words;

-- name: of_door
select * from printed where door_id = :door_id order by at, language;
