-- name: now^
select
  (select count(*) from print_order where state in ('ordered', 'printing')) as orders_waiting,
  (select min(ordered_at) from print_order where state in ('ordered', 'printing')) as orders_oldest,
  (select count(*) from print_order where state = 'failed') as orders_parked,
  (select count(*) from stack where state in ('received', 'reading')) as stacks_waiting,
  (select min(brought_at) from stack where state in ('received', 'reading')) as stacks_oldest,
  (select count(*) from stack where state = 'failed') as stacks_parked,
  (select count(*) from idea) as ideas,
  (select count(*) from page) as pages,
  (select count(*) from worker where seen_at > :lately) as workers;
