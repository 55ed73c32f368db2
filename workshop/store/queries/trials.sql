-- name: make!
insert into trial (id, workshop_id, title, question, until, follows, made_by, made_at)
values (:id, :workshop_id, :title, :question, :until, :follows, :who, :at);

-- name: of_workshop
select trial.*, facilitator.name as maker from trial join facilitator on facilitator.id = trial.made_by
where trial.workshop_id = :workshop_id order by trial.made_at, trial.id;

-- name: find^
select trial.*, facilitator.name as maker from trial join facilitator on facilitator.id = trial.made_by
where trial.id = :id and trial.workshop_id = :workshop_id;

-- name: ideas
select trial_idea.trial_id, idea.id, idea.nr from trial_idea
join idea on idea.id = trial_idea.idea_id join trial on trial.id = trial_idea.trial_id
where trial.workshop_id = :workshop_id and idea.withdrawn_at is null and idea.erased_at is null
order by idea.nr;

-- name: numbered
select id, nr from idea
where workshop_id = :workshop_id and withdrawn_at is null and erased_at is null and status <> 'apart';

-- name: of_idea
select trial.id, trial.title from trial_idea join trial on trial.id = trial_idea.trial_id
where trial_idea.idea_id = :idea_id and trial.dropped_at is null order by trial.made_at, trial.id;

-- name: drop_idea!
delete from trial_idea
where trial_id = :id and idea_id in (select id from idea where workshop_id = :workshop_id and nr = :nr);

-- name: add_idea!
insert into trial_idea (trial_id, idea_id) values (:id, :idea_id) on conflict do nothing;

-- name: change^
update trial set title = :title, question = :question, until = :until, tried = :tried, looked_back = :looked_back,
       understood = :understood, planned = :planned, observed = :observed, outcome = :outcome, lesson = :lesson,
       started_at = :started_at, started_by = :started_by, ended_at = :ended_at, dropped_at = :dropped_at,
       covered = :covered, version = version + 1
where id = :id and version = :version
returning id;

-- name: record!
insert into trial_event (id, trial_id, at, who, verb, before) values (:id, :trial_id, :at, :who, :verb, :before);

-- name: history
select trial_event.*, facilitator.name as who_name from trial_event join facilitator on facilitator.id = trial_event.who
where trial_event.trial_id = :trial_id order by trial_event.id;
