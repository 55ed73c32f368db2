-- name: taken_away
-- What makers took away, in the whole installation: for whoever restored an older backup of all of it.
select id, workshop_id from idea where withdrawn_at is not null order by id;

-- name: ended
select id from workshop where names_erased_at is not null;

-- name: names
select id, name from workshop order by name;
