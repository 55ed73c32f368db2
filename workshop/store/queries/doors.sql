-- name: make!
insert into door (id, workshop_id, card_id, number, key, word, made_at)
values (:id, :workshop_id, :card_id, :number, :key, :word, :at)
on conflict (workshop_id, card_id) do nothing;

-- name: number_taken$
select (select count(*) from door where number = :number) + (select count(*) from stopped where number = :number);

-- name: by_number^
select * from door where number = :number;

-- name: of_card^
select * from door where workshop_id = :workshop_id and card_id = :card_id;

-- name: of_workshop
select * from door where workshop_id = :workshop_id order by made_at, id;

-- name: find^
select * from door where id = :id and workshop_id = :workshop_id;

-- name: close!
update door set closed_at = :at where id = :id and workshop_id = :workshop_id and closed_at is null;

-- name: reopen!
update door set closed_at = null where id = :id and workshop_id = :workshop_id and closed_at is not null;
