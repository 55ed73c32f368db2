-- name: order!
insert into print_order (id, workshop_id, ordered_by, ordered_at, what)
values (:id, :workshop_id, :ordered_by, :at, :what);

-- name: claim^
update print_order set state = 'printing', attempts = attempts + 1, lease_until = :lease_until, worker = :worker
where id = :id and state in ('ordered', 'printing') and (lease_until is null or lease_until < :at)
returning *;

-- name: keep^
update print_order set lease_until = :lease_until
where id = :id and state = 'printing' and worker = :worker
returning id;

-- name: progress!
update print_order set done = :done, total = :total where id = :id;

-- name: finish^
update print_order set state = 'ready', file = :file, name = :name, finished_at = :at, lease_until = null, worker = ''
where id = :id and state = 'printing' and worker = :worker
returning id;

-- name: fail^
update print_order set state = 'failed', reason = :reason, finished_at = :at, lease_until = null, worker = ''
where id = :id and state = 'printing' and worker = :worker
returning id;

-- name: give_back^
update print_order set state = 'ordered', lease_until = :later, reason = :reason, worker = ''
where id = :id and state = 'printing' and worker = :worker
returning id;

-- name: put_off^
update print_order set state = 'ordered', attempts = attempts - 1, lease_until = :later, worker = ''
where id = :id and state = 'printing' and worker = :worker
returning id;

-- name: rest^
update print_order set state = 'ordered', attempts = attempts - 1, lease_until = null, worker = ''
where id = :id and state = 'printing' and worker = :worker
returning id;

-- name: try_again!
update print_order set state = 'ordered', attempts = 0, reason = '', lease_until = null
where id = :id and workshop_id = :workshop_id and state = 'failed';

-- name: undone
select id from print_order
where state in ('ordered', 'printing') and (lease_until is null or lease_until < :at)
order by ordered_at;

-- name: find^
select * from print_order where id = :id and workshop_id = :workshop_id;

-- name: of_workshop
select * from print_order where workshop_id = :workshop_id order by ordered_at desc limit 20;

-- name: with_ideas
select file from print_order
where workshop_id = :workshop_id and file is not null
  and (what like '%"document": "wall"%' or what like '%"document": "report"%' or what like '%"document": "answers"%'
       or what like '%"document": "pack"%' or what like '%"document": "export"%' or what like '%"document": "glasses"%'
       or what like '%"document": "result"%' or what like '%"document": "stories"%' or what like '%"document": "exhibition"%'
       or what like '%"document": "invitation"%'
       or exists (select 1 from round_sheet where what like '%"series": "' || round_sheet.series_id || '"%'));

-- name: throw_away!
update print_order set state = 'failed', file = null, reason = :reason
where workshop_id = :workshop_id and file is not null
  and (what like '%"document": "wall"%' or what like '%"document": "report"%' or what like '%"document": "answers"%'
       or what like '%"document": "pack"%' or what like '%"document": "export"%' or what like '%"document": "glasses"%'
       or what like '%"document": "result"%' or what like '%"document": "stories"%' or what like '%"document": "exhibition"%'
       or what like '%"document": "invitation"%'
       or exists (select 1 from round_sheet where what like '%"series": "' || round_sheet.series_id || '"%'));
