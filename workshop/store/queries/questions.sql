-- name: until!
update workshop set questions_until = :until where id = :id;

-- name: count$
select count(*) from idea
where workshop_id = :workshop_id and question = 1 and withdrawn_at is null and erased_at is null;
