-- name: add!
insert into action (id, workshop_id, meeting_id, trial_id, what, owner, owner_name, due, made_by, made_at)
values (:id, :workshop_id, :meeting_id, :trial_id, :what, :owner, :owner_name, :due, :who, :at);

-- name: same^
select id from action
where workshop_id = :workshop_id and what = :what and owner = :owner and owner_name = :owner_name and due = :due
  and coalesce(meeting_id, '') = coalesce(cast(:meeting_id as text), '')
  and coalesce(trial_id, '') = coalesce(cast(:trial_id as text), '')
  and done_at is null and dropped_at is null;

-- name: of_workshop
select action.*, facilitator.name as maker from action join facilitator on facilitator.id = action.made_by
where action.workshop_id = :workshop_id order by action.made_at, action.id;

-- name: change^
update action set meeting_id = :meeting_id, what = :what, owner = :owner, owner_name = :owner_name, due = :due,
       version = version + 1
where id = :id and version = :version
returning id;

-- name: done!
update action set done_at = :at, version = version + 1 where id = :id and done_at is null;

-- name: undone!
update action set done_at = null, version = version + 1 where id = :id and done_at is not null;

-- name: let_go!
update action set dropped_at = :at, version = version + 1 where id = :id and dropped_at is null;

-- name: bring_back!
update action set dropped_at = null, version = version + 1 where id = :id and dropped_at is not null;
