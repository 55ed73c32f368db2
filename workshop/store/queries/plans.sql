-- name: find^
select * from plan where meeting_id = :meeting_id;

-- name: open!
insert into plan (meeting_id) values (:meeting_id) on conflict (meeting_id) do nothing;

-- name: put!
update plan set recipe_id = :recipe_id, tables = :tables, people = :people, large = :large, idea_cards = :idea_cards,
       begun_at = :begun_at, promised_end = :promised_end, ended_at = :ended_at
where meeting_id = :meeting_id;

-- name: next_edition!
update plan set version = version + 1 where meeting_id = :meeting_id and version = printed_version;

-- name: printed!
update plan set printed_version = version where meeting_id = :meeting_id;

-- name: blocks
select block.* from block left join idea on idea.id = block.idea_id
where block.meeting_id = :meeting_id and block.removed_at is null and idea.withdrawn_at is null
order by block.place, block.id;

-- name: every_block
select * from block where meeting_id = :meeting_id;

-- name: add_block!
insert into block (id, meeting_id, place, kind, minutes, leads, title, words, other_way, cards, idea_id, made_at,
                   removed_at)
values (:id, :meeting_id, :place, :kind, :minutes, :leads, :title, :words, :other_way, :cards, :idea_id, :at, :at);

-- name: put_block!
update block set place = :place, kind = :kind, minutes = :minutes, leads = :leads, title = :title, words = :words,
       other_way = :other_way, cards = :cards, planned = :planned, began_at = :began_at, ended_at = :ended_at,
       removed_at = :removed_at, version = :version
where id = :id and meeting_id = :meeting_id;

-- name: of_idea^
select block.meeting_id from block join meeting on meeting.id = block.meeting_id
where block.idea_id = :idea_id and block.removed_at is null and meeting.called_off_at is null
order by meeting.date desc;

-- name: note!
insert into plan_step (id, meeting_id, what, changes, who, at) values (:id, :meeting_id, :what, :changes, :who, :at);

-- name: step^
select * from plan_step where id = :id;

-- name: standing_since
select changes from plan_step where meeting_id = :meeting_id and at > :at and undone_at is null;

-- name: beats^
select count(*) + count(undone_at) as beats from plan_step where meeting_id = :meeting_id;

-- name: undone!
update plan_step set undone_at = :at where id = :id;

-- name: cards_before
select distinct block.cards from block join meeting on meeting.id = block.meeting_id
where meeting.workshop_id = :workshop_id and meeting.called_off_at is null and block.removed_at is null
  and meeting.date < :date and block.cards <> '[]';

-- name: asked_for
select block.idea_id, max(case when block.removed_at is null then 1 else 0 end) as stands from block
join idea on idea.id = block.idea_id
where block.meeting_id = :meeting_id and idea.withdrawn_at is null group by block.idea_id order by block.idea_id;

-- name: forget_steps!
delete from plan_step where meeting_id in (select meeting_id from block where idea_id = :idea_id);

-- name: forget_words!
update block set title = '', words = '', other_way = '', removed_at = coalesce(removed_at, :at) where idea_id = :idea_id;

-- name: tell_anew!
update block set title = :title, words = :words, other_way = '', version = version + 1 where idea_id = :idea_id;

-- name: meetings_of
select distinct meeting_id from block where idea_id = :idea_id;
