-- name: next_order^
-- Of the organisation that waits longest for a turn, the workshop that does, and of that what was ordered first.
select print_order.id, print_order.workshop_id, workshop.organisation_id from print_order
join workshop on workshop.id = print_order.workshop_id
left join work_turn theirs on theirs.kind = 'print' and theirs.owner = workshop.organisation_id
left join work_turn own on own.kind = 'print' and own.owner = workshop.id
where print_order.state in ('ordered', 'printing')
  and (print_order.lease_until is null or print_order.lease_until < :at)
order by coalesce(theirs.at, ''), coalesce(own.at, ''), print_order.ordered_at, print_order.id limit 1;

-- name: next_stack^
-- The same; and of the workshop what had no turn yet, else what rests longest.
select stack.id, stack.workshop_id, workshop.organisation_id from stack
join workshop on workshop.id = stack.workshop_id
left join work_turn theirs on theirs.kind = 'read' and theirs.owner = workshop.organisation_id
left join work_turn own on own.kind = 'read' and own.owner = workshop.id
where stack.state in ('received', 'reading') and (stack.lease_until is null or stack.lease_until < :at)
order by coalesce(theirs.at, ''), coalesce(own.at, ''), stack.rested_at, stack.brought_at, stack.id limit 1;

-- name: had_turn!
insert into work_turn (kind, owner, at) values (:kind, :owner, :at)
on conflict (kind, owner) do update set at = excluded.at;

-- name: orders_wait$
select count(*) from print_order
where state in ('ordered', 'printing') and (lease_until is null or lease_until < :at);

-- name: stacks_wait$
select count(*) from stack
where state in ('received', 'reading') and (lease_until is null or lease_until < :at) and id <> :but;

-- name: order_waits$
select count(*) from print_order
where id = :id and state in ('ordered', 'printing') and ordered_at < :since
  and (lease_until is null or lease_until < :since);

-- name: stack_waits$
select count(*) from stack
where id = :id and state in ('received', 'reading') and brought_at < :since and rested_at < :since
  and (lease_until is null or lease_until < :since);

-- name: seen!
insert into worker (name, seen_at) values (:name, :at) on conflict (name) do update set seen_at = excluded.seen_at;

-- name: left!
delete from worker where name = :name;

-- name: heard
select name from worker where seen_at >= :since order by name;

-- name: chore^
select * from chore where name = :name;

-- name: take_chore^
insert into chore (name, worker, lease_until) values (:name, :worker, :lease_until)
on conflict (name) do update set worker = excluded.worker, lease_until = excluded.lease_until
where chore.lease_until < :at
returning name;

-- name: keep_chore^
update chore set lease_until = :lease_until where name = :name and worker = :worker returning name;

-- name: chore_done!
update chore set lease_until = '', done_at = :at where name = :name and worker = :worker;

-- name: forget_workers!
delete from worker where seen_at < :before;

-- name: forget_turns!
delete from work_turn where at < :before;
