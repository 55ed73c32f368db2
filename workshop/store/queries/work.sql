-- name: next_order^
-- Of whoever waits longest for a turn, what was ordered first.
select print_order.id, print_order.workshop_id as owner from print_order
left join work_turn on work_turn.kind = 'print' and work_turn.owner = print_order.workshop_id
where print_order.state in ('ordered', 'printing')
  and (print_order.lease_until is null or print_order.lease_until < :at)
order by coalesce(work_turn.at, ''), print_order.ordered_at, print_order.id limit 1;

-- name: next_stack^
-- Of whoever waits longest for a turn, what had none yet, else what rests longest.
select stack.id, stack.workshop_id as owner from stack
left join work_turn on work_turn.kind = 'read' and work_turn.owner = stack.workshop_id
where stack.state in ('received', 'reading') and (stack.lease_until is null or stack.lease_until < :at)
order by coalesce(work_turn.at, ''), stack.rested_at, stack.brought_at, stack.id limit 1;

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
