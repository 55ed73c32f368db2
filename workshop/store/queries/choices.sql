-- name: put!
insert into choice (workshop_id, card_id, copies, chosen_at) values (:workshop_id, :card_id, :copies, :at)
on conflict (workshop_id, card_id) do update set copies = excluded.copies;

-- name: remove!
delete from choice where workshop_id = :workshop_id and card_id = :card_id;

-- name: of_workshop
select card_id, copies from choice where workshop_id = :workshop_id order by card_id;
