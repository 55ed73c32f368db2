-- name: of_workshop
select perspective, wanted, invited from seat where workshop_id = :workshop_id;

-- name: note!
insert into seat (workshop_id, perspective, wanted, invited) values (:workshop_id, :perspective, :wanted, :invited)
on conflict (workshop_id, perspective) do update set wanted = excluded.wanted, invited = excluded.invited;
