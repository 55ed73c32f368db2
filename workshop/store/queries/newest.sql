-- name: key$
-- The newest key in every history of which the order matters.
select max(id) from (
  select max(id) as id from event
  union all select max(id) from result_event
  union all select max(id) from trial_event
  union all select max(id) from decision
  union all select max(id) from round_step
) as newest;
