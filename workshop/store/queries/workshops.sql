-- name: make!
insert into workshop (id, name, question, language, address, contact_name, contact_phone, seen, next_date, rehearsal,
                      word_misses_reset_at, made_at)
values (:id, :name, :question, :language, :address, :contact_name, :contact_phone, :seen, :next_date, :rehearsal, :at, :at);

-- name: change^
update workshop set name = :name, question = :question, language = :language, address = :address,
       contact_name = :contact_name, contact_phone = :contact_phone, seen = :seen, next_date = :next_date,
       rehearsal = :rehearsal, version = version + 1
where id = :id and version = :version
returning *;

-- name: close!
update workshop set closed_at = :at where id = :id and closed_at is null;

-- name: reopen!
update workshop set closed_at = null where id = :id and closed_at is not null;

-- name: reset_word_misses!
update workshop set word_misses_reset_at = :at where id = :id;

-- name: find^
select * from workshop where id = :id;

-- name: find_for^
select workshop.*, member.role from workshop
join member on member.workshop_id = workshop.id
where workshop.id = :id and member.facilitator_id = :facilitator_id;

-- name: all_for
select workshop.*, member.role,
       (select count(*) from idea where idea.workshop_id = workshop.id and idea.status = 'received'
          and idea.withdrawn_at is null) as waiting
from workshop join member on member.workshop_id = workshop.id
where member.facilitator_id = :facilitator_id
order by workshop.made_at desc;

-- name: everything
select * from workshop order by made_at;

-- name: addresses
select distinct address from workshop;

-- name: join!
insert into member (workshop_id, facilitator_id, role, since)
values (:workshop_id, :facilitator_id, :role, :at)
on conflict (workshop_id, facilitator_id) do update set role = excluded.role where excluded.role = 'facilitator';

-- name: members
select facilitator.id, facilitator.name, member.role, member.since from member
join facilitator on facilitator.id = member.facilitator_id
where member.workshop_id = :workshop_id order by member.since;
