-- name: of^
select * from ending where workshop_id = :workshop_id;

-- name: order!
insert into ending (workshop_id, order_id, made_by) values (:workshop_id, :order_id, :who)
on conflict (workshop_id) do update set order_id = excluded.order_id, made_by = excluded.made_by
where ending.asked_at is null;

-- name: exported!
update ending set exported_at = :at, beat = :beat where workshop_id = :workshop_id and order_id = :order_id and asked_at is null;

-- name: ask!
update ending set asked_at = :at, keep_named = :keep_named, told = :told, made_by = :who
where workshop_id = :workshop_id and asked_at is null;

-- name: undone
select workshop_id from ending where asked_at is not null and erased_at is null order by asked_at;

-- name: last_erased$
select coalesce(max(at), '') from (select max(erased_at) as at from ending union all select max(erased_at) from organisation) as last;

-- name: erased!
update ending set erased_at = :at where workshop_id = :workshop_id and erased_at is null;

-- name: names_erased!
update workshop set names_erased_at = :at where id = :workshop_id and names_erased_at is null;

-- name: asked$
select count(*) from ending where workshop_id = :workshop_id and asked_at is not null;

-- name: doom!
update ending set doomed = :doomed where workshop_id = :workshop_id;

-- name: parts
select idea_id from joined where joined_id = :id;

-- name: counts^
select (select count(*) from idea where workshop_id = :workshop_id and channel <> 'joined' and withdrawn_at is null
          and erased_at is null and maker <> '') as names,
       (select count(*) from idea where workshop_id = :workshop_id and address <> '') as addresses,
       (select count(*) from mandate where workshop_id = :workshop_id and allows <> '')
         + (select count(*) from action where workshop_id = :workshop_id and owner_name <> '') as others,
       (select count(distinct device) from idea where workshop_id = :workshop_id and device <> '') as phones,
       (select count(*) from idea where workshop_id = :workshop_id and withdrawn_at is null and erased_at is null
          and (typing = 'waiting' or asked <> '')) as unlooked,
       (select count(*) from idea where workshop_id = :workshop_id and withdrawn_at is null and erased_at is null
          and status = 'received' and visibility <> 'group' and typing <> 'waiting' and asked = ''
          and not exists (select 1 from event where event.idea_id = idea.id and event.verb = 'typed'
                            and event.who <> 'maker')) as unread,
       (select count(*) from page join stack on stack.id = page.stack_id
          where stack.workshop_id = :workshop_id and page.picture <> '') as pages,
       (select count(*) from print_order where workshop_id = :workshop_id and file is not null) as prints,
       (select count(*) from answer where workshop_id = :workshop_id and retracted_at is null) as answers,
       (select count(*) from meeting where workshop_id = :workshop_id and called_off_at is null) as meetings,
       (select count(*) from trial where workshop_id = :workshop_id and dropped_at is null) as trials,
       (select count(*) from result where workshop_id = :workshop_id and removed_at is null) as results,
       (select count(*) from reflection where workshop_id = :workshop_id and removed_at is null and shared = 1) as shared,
       (select count(*) from reflection where workshop_id = :workshop_id and removed_at is null and shared = 0) as own;

-- name: left^
-- What is still there of what must be gone. Nothing is said to be erased before all of it is 0.
select (select count(*) from idea where workshop_id = :workshop_id
          and (address <> '' or device <> '' or (maker <> '' and (:keep_named = 0 or visibility <> 'everyone_named'
                                                     or coalesce(narrowed_to, 'everyone_named') <> 'everyone_named')))) as names,
       (select count(*) from mandate where workshop_id = :workshop_id and allows <> '')
         + (select count(*) from action where workshop_id = :workshop_id and owner_name <> '') as others,
       (select count(*) from event join idea on idea.id = event.idea_id
          where idea.workshop_id = :workshop_id and (event.before <> '{}' or event.after <> '{}')) as histories,
       (select count(*) from page join stack on stack.id = page.stack_id
          where stack.workshop_id = :workshop_id and page.picture <> '') as pages,
       (select count(*) from sighting join slip on slip.number = sighting.slip
          where slip.workshop_id = :workshop_id and sighting.crop <> '') as crops,
       (select count(*) from print_order where workshop_id = :workshop_id and file is not null) as prints;

-- name: busy$
select (select count(*) from stack where workshop_id = :workshop_id and (state = 'received' or (state = 'reading' and lease_until >= :at)))
     + (select count(*) from print_order where workshop_id = :workshop_id
          and (state = 'ordered' or (state = 'printing' and lease_until >= :at)));

-- name: agreed
-- Stories that everyone may read: that is what their makers chose, a person looked, and there is something to read or see.
select id, slip, typing, visibility, narrowed_to from idea
where workshop_id = :workshop_id and withdrawn_at is null and erased_at is null and held = 0
  and status not in ('set_aside', 'apart')
  and (status in ('read', 'wall')
       or exists (select 1 from event where event.idea_id = idea.id and event.verb = 'typed' and event.who <> 'maker'))
  and visibility <> 'group' and coalesce(narrowed_to, '') <> 'group'
  and (words <> '' or typing = 'drawing' or slip is null);

-- name: all_ideas
select id, nr, words, maker, visibility from idea where workshop_id = :workshop_id and erased_at is null;

-- name: erase_idea!
update idea set words = '', own_words = '', maker = '', reason = '', device = '', asked = '', address = '', parked = '',
       erased_at = coalesce(erased_at, :at)
where id = :id;

-- name: erase_name!
update idea set own_words = words, maker = '', device = '', address = '', asked = '',
       visibility = case when visibility = 'everyone_named' then 'everyone' else visibility end
where id = :id;

-- name: keep_name!
update idea set own_words = words, device = '', address = '', asked = '' where id = :id;

-- name: erase_devices!
update idea set device = '', address = '' where workshop_id = :workshop_id and (device <> '' or address <> '');

-- name: erase_histories!
update event set before = '{}', after = '{}'
where idea_id in (select id from idea where workshop_id = :workshop_id) and (before <> '{}' or after <> '{}');

-- name: erase_decisions!
update decision set reason = '', next_step = '' where idea_id = :id;

-- name: erase_blocks!
update block set title = '', words = '', other_way = ''
where idea_id = :id;

-- name: erase_plan_steps!
delete from plan_step where meeting_id in (select id from meeting where workshop_id = :workshop_id);

-- name: erase_trial_events!
delete from trial_event where trial_id in (select id from trial where workshop_id = :workshop_id);

-- name: erase_result_events!
delete from result_event where result_id in (select id from result where workshop_id = :workshop_id);

-- name: erase_own_reflections!
update reflection set words = '', removed_at = coalesce(removed_at, :at) where workshop_id = :workshop_id and shared = 0;

-- name: erase_owners!
update action set owner_name = '' where workshop_id = :workshop_id and owner_name <> '';

-- name: erase_deciders!
update mandate set allows = '' where workshop_id = :workshop_id and allows <> '';

-- name: erase_away!
-- What was taken away at the desk keeps no words; where it happened stays, and how often.
update block set title = '', words = '', other_way = ''
where removed_at is not null and meeting_id in (select id from meeting where workshop_id = :workshop_id);

-- name: erase_away_results!
update result set title = '', story = '', tried = '', learned = '', next_step = '', credits = '', picture = '',
       picture_alt = ''
where workshop_id = :workshop_id and removed_at is not null;

-- name: erase_away_trials!
update trial set title = '', question = '', tried = '', looked_back = '', understood = '', planned = '', observed = '',
       lesson = ''
where workshop_id = :workshop_id and dropped_at is not null;

-- name: erase_away_actions!
update action set what = '' where workshop_id = :workshop_id and dropped_at is not null;

-- name: erase_away_agreements!
update agreement set words = '' where workshop_id = :workshop_id and removed_at is not null;

-- name: erase_away_themes!
update theme set name = '' where workshop_id = :workshop_id and removed_at is not null;

-- name: result_pictures
-- Pictures of results that were taken away, and those a result had before.
select picture, '{}' as before from result where workshop_id = :workshop_id and removed_at is not null and picture <> ''
union all select '', result_event.before from result_event join result on result.id = result_event.result_id
where result.workshop_id = :workshop_id;

-- name: erase_blocked!
delete from blocked where workshop_id = :workshop_id;

-- name: erase_ballots!
delete from ballot where round_id in (select id from round where workshop_id = :workshop_id);

-- name: erase_looking!
delete from looking where workshop_id = :workshop_id;

-- name: erase_claims!
delete from typing_claim where idea_id in (select id from idea where workshop_id = :workshop_id);

-- name: voters
select distinct voter from support where workshop_id = :workshop_id and (voter like 'device:%' or voter like 'slip:%');

-- name: other_voter!
update support set voter = :other where workshop_id = :workshop_id and voter = :voter;

-- name: erase_stacks!
update stack set device = '', slip = null, reason = '', state = case when state = 'read' then 'read' else 'failed' end
where workshop_id = :workshop_id;

-- name: pages
-- Pages of this workshop's stacks that still have a picture, and whether forms on them must be painted over first, because
-- another workshop brought in the very same file.
select page.id, page.picture,
       exists (select 1 from sighting where sighting.page_id = page.id and sighting.crop <> '')
       and exists (select 1 from stack_file same join stack there on there.id = same.stack_id
                   where same.file = stack_file.file and there.workshop_id <> :workshop_id) as painted_first
from page join stack_file on stack_file.id = page.stack_file_id join stack on stack.id = page.stack_id
where stack.workshop_id = :workshop_id and page.picture <> '';

-- name: erase_page!
update page set picture = '' where id = :id;

-- name: erase_crops
update sighting set crop = '', idea_crop = '' where page_id = :id and crop <> '' returning id;

-- name: crops_on
select crop, idea_crop from sighting where page_id = :id and crop <> '';

-- name: files
-- Originals of this workshop's stacks of which no page is left.
select stack_file.id, stack_file.file from stack_file join stack on stack.id = stack_file.stack_id
where stack.workshop_id = :workshop_id and stack_file.file <> :nothing
  and not exists (select 1 from page where page.stack_file_id = stack_file.id and page.picture <> '');

-- name: erase_file!
update stack_file set file = :nothing, name = '' where id = :id;

-- name: forms_left
-- Forms of this workshop that are still to be painted over.
select distinct sighting.slip from sighting join slip on slip.number = sighting.slip
where slip.workshop_id = :workshop_id and sighting.crop <> '';

-- name: prints
select id, what, file from print_order where workshop_id = :workshop_id;

-- name: erase_print!
update print_order set file = null, what = :what, name = null, reason = :reason, lease_until = null,
       state = 'failed'
where id = :id;

-- name: texts
-- Every text that stays and was typed by facilitators, to look for names in.
select 'theme' as kind, name as called, name as said from theme where workshop_id = :workshop_id and removed_at is null
union all select 'meeting', date, name || ' ' || place || ' ' || route || ' ' || gap_reason from meeting where workshop_id = :workshop_id
union all select 'result', title, title || ' ' || story || ' ' || tried || ' ' || learned || ' ' || next_step || ' ' || credits
  from result where workshop_id = :workshop_id and removed_at is null
union all select 'trial', title, title || ' ' || question || ' ' || tried || ' ' || looked_back || ' ' || understood || ' '
  || planned || ' ' || observed || ' ' || lesson from trial where workshop_id = :workshop_id and dropped_at is null
union all select 'reflection', substr(made_at, 1, 10), words from reflection
  where workshop_id = :workshop_id and removed_at is null and shared = 1
union all select 'action', what, what from action where workshop_id = :workshop_id and dropped_at is null
union all select 'mandate', what, what from mandate where workshop_id = :workshop_id
union all select 'block', meeting.date, block.title || ' ' || block.words || ' ' || block.other_way
  from block join meeting on meeting.id = block.meeting_id
  where meeting.workshop_id = :workshop_id and block.removed_at is null
union all select 'round', title, title from round where workshop_id = :workshop_id
union all select 'question', substr(made_at, 1, 10), question from slip_series where workshop_id = :workshop_id
union all select 'perspective', name, name from own_perspective where workshop_id = :workshop_id
union all select 'frame', '', inside || ' ' || outside from frame where workshop_id = :workshop_id
union all select 'agreement', words, words from agreement where workshop_id = :workshop_id and removed_at is null;

-- name: reasons
select idea.id, idea.nr, decision.reason || ' ' || decision.next_step as said
from decision join idea on idea.id = decision.idea_id where decision.workshop_id = :workshop_id;

-- name: take_decisions
select decision.idea_id, idea.nr as idea, decision.made_at, decision.kind, decision.reason, decision.next_step, decision.by_when,
       decision.perspective, decision.with_group
from decision join idea on idea.id = decision.idea_id
where decision.workshop_id = :workshop_id order by decision.made_at, decision.id;

-- name: take_answers
select answer.idea_id, idea.nr as idea, answer.published_at, answer.printed_at, answer.understandable, answer.fair
from answer join idea on idea.id = answer.idea_id
where answer.workshop_id = :workshop_id and answer.retracted_at is null order by answer.published_at, answer.id;

-- name: take_meetings
select date, name, place, begins, ends, route, gap_reason,
       (select sum(present) from attendance where attendance.meeting_id = meeting.id) as present
from meeting where workshop_id = :workshop_id and called_off_at is null order by date, id;

-- name: take_plans
select block.idea_id, meeting.date, block.kind, block.minutes, block.leads, block.title, block.words, block.other_way, block.cards
from block join meeting on meeting.id = block.meeting_id
where meeting.workshop_id = :workshop_id and block.removed_at is null order by meeting.date, block.place, block.id;

-- name: take_trials
select title, question, until, started_at, tried, looked_back, understood, planned, observed, outcome, lesson, ended_at
from trial where workshop_id = :workshop_id and dropped_at is null order by made_at, id;

-- name: take_trial_ideas
select trial.title as trial, idea.nr as idea from trial_idea
join trial on trial.id = trial_idea.trial_id join idea on idea.id = trial_idea.idea_id
where trial.workshop_id = :workshop_id and trial.dropped_at is null order by trial.made_at, idea.nr;

-- name: take_mandates
select allows, what, until, signed, signed_at, ended_at from mandate where workshop_id = :workshop_id order by made_at, id;

-- name: take_actions
select what, owner, due, done_at from action
where workshop_id = :workshop_id and dropped_at is null order by made_at, id;

-- name: take_reflections
select reflection.made_at, reflection.layer, reflection.words, meeting.date as meeting, trial.title as trial
from reflection left join meeting on meeting.id = reflection.meeting_id left join trial on trial.id = reflection.trial_id
where reflection.workshop_id = :workshop_id and reflection.removed_at is null and reflection.shared = 1
order by reflection.made_at, reflection.id;

-- name: take_results
select title, story, tried, learned, next_step, credits, audience, picture, picture_alt, published_at from result
where workshop_id = :workshop_id and removed_at is null order by made_at, id;

-- name: take_result_ideas
select result.title as result, idea.nr as idea from result_idea
join result on result.id = result_idea.result_id join idea on idea.id = result_idea.idea_id
where result.workshop_id = :workshop_id and result.removed_at is null order by result.made_at, idea.nr;

-- name: take_frame
select inside, outside from frame where workshop_id = :workshop_id;

-- name: take_seats
select perspective, wanted, invited from seat where workshop_id = :workshop_id order by perspective;

-- name: take_agreements
select words from agreement where workshop_id = :workshop_id and removed_at is null order by place, id;

-- name: take_pictures
-- Pictures of stories that everyone may read, and of results.
select picture.file, picture.idea_id from picture join idea on idea.id = picture.idea_id
where idea.workshop_id = :workshop_id and picture.covered_at is null order by idea.nr, picture.position;
