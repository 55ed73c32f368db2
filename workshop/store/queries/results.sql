-- name: make!
insert into result (id, workshop_id, key, title, made_by, made_at) values (:id, :workshop_id, :key, :title, :who, :at);

-- name: find^
select * from result where id = :id and workshop_id = :workshop_id;

-- name: by_key^
select * from result where key = :key and published_at is not null and removed_at is null;

-- name: of_workshop
select * from result where workshop_id = :workshop_id order by made_at, id;

-- name: change^
update result set title = :title, story = :story, tried = :tried, learned = :learned, next_step = :next_step,
       credits = :credits, audience = :audience, picture = :picture, picture_alt = :picture_alt,
       published_at = :published_at, removed_at = :removed_at, version = version + 1
where id = :id and version = :version
returning id;

-- name: ideas
-- What somebody chose, as far as it was not taken away.
select idea.*, door.card_id, door.number from result_idea
join idea on idea.id = result_idea.idea_id join door on door.id = idea.door_id
where result_idea.result_id = :result_id and idea.erased_at is null and idea.withdrawn_at is null
order by idea.nr;

-- name: of_nr^
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
where idea.workshop_id = :workshop_id and idea.nr = :nr and idea.erased_at is null and idea.withdrawn_at is null;

-- name: add_idea!
insert into result_idea (result_id, idea_id) values (:result_id, :idea_id) on conflict (result_id, idea_id) do nothing;

-- name: drop_idea!
delete from result_idea where result_id = :result_id and idea_id = :idea_id;

-- name: trials
select trial.id from result_trial
join trial on trial.id = result_trial.trial_id
where result_trial.result_id = :result_id and trial.dropped_at is null
order by trial.made_at, trial.id;

-- name: trials_there
select id, title, tried, lesson from trial
where workshop_id = :workshop_id and dropped_at is null order by made_at, id;

-- name: add_trial!
insert into result_trial (result_id, trial_id) values (:result_id, :trial_id) on conflict (result_id, trial_id) do nothing;

-- name: drop_trial!
delete from result_trial where result_id = :result_id and trial_id = :trial_id;

-- name: decided
-- The ideas of a workshop for which was decided to make or to try something: what results most often come from.
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
join decision on decision.id = idea.decided
where idea.workshop_id = :workshop_id and decision.kind in ('make', 'try') and idea.merged_into is null
  and idea.status not in ('set_aside', 'apart') and idea.withdrawn_at is null and idea.erased_at is null
order by idea.nr;

-- name: tells!
insert into result_decision (result_id, decision_id) values (:result_id, :decision_id)
on conflict (result_id, decision_id) do nothing;

-- name: told
-- Whose answer by this result counts.
select distinct answer.idea_id from answer join result_decision on result_decision.decision_id = answer.decision_id
where result_decision.result_id = :result_id and answer.retracted_at is null;

-- name: told_on^
-- The newest decision by which makers under an idea heard of this result, and hear of it still.
select decision.id from decision join result_decision on result_decision.decision_id = decision.id
where result_decision.result_id = :result_id and decision.idea_id = :idea_id
  and exists (select 1 from answer where answer.decision_id = decision.id and answer.retracted_at is null)
order by decision.id desc limit 1;

-- name: record!
insert into result_event (id, result_id, at, who, verb, before, batch)
values (:id, :result_id, :at, :who, :verb, :before, :batch);

-- name: last_events
-- The last thing that was done to a result, and the one before it.
select * from result_event where result_id = :result_id order by id desc limit 2;

-- name: made_of^
-- How many ideas of a workshop there are, how many came on paper, and for how many was decided.
select count(*) as total,
       coalesce(sum(case when channel = 'paper' then 1 else 0 end), 0) as on_paper,
       coalesce(sum(case when exists (select 1 from answer where answer.idea_id = idea.id and answer.retracted_at is null)
                         then 1 else 0 end), 0) as answered
from idea
where workshop_id = :workshop_id and channel <> 'joined' and withdrawn_at is null and erased_at is null;

-- name: has_picture$
select count(*) from result where workshop_id = :workshop_id and picture = :file;
