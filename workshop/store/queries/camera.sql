-- name: begin!
insert into stack (id, workshop_id, brought_by, brought_at, way) values (:id, :workshop_id, :who, :at, 'camera')
on conflict (id) do nothing;

-- name: same^
select * from stack_file where stack_id = :stack_id and file = :file;

-- name: next_place$
select coalesce(max(position), -1) + 1 from stack_file where stack_id = :stack_id;

-- name: reopen!
update stack set state = 'received', attempts = 0, reason = '', read_at = null where id = :id and state <> 'reading';
