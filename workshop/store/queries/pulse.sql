-- name: of^
select beat from pulse where workshop_id = :workshop_id;

-- name: beat!
insert into pulse (workshop_id, beat) values (:workshop_id, 1)
on conflict (workshop_id) do update set beat = pulse.beat + 1;

-- name: beat_of_idea!
insert into pulse (workshop_id, beat) select workshop_id, 1 from idea where id = :idea_id
on conflict (workshop_id) do update set beat = pulse.beat + 1;
