-- name: make!
insert into round (id, workshop_id, title, dots, made_at) values (:id, :workshop_id, :title, :dots, :at);

-- name: add_idea!
insert into round_idea (round_id, idea_id, line) values (:round_id, :idea_id, :line);

-- name: find^
select * from round where id = :id and workshop_id = :workshop_id;

-- name: by_key^
select * from round where id = :id;

-- name: of_workshop
select * from round where workshop_id = :workshop_id order by made_at desc, id desc;

-- name: open_now
select round.* from round join workshop on workshop.id = round.workshop_id
where round.workshop_id = :workshop_id and round.opened_at is not null and round.closed_at is null
  and workshop.closed_at is null
order by round.opened_at, round.id;

-- name: lines
select round_idea.line, round_idea.idea_id, idea.nr from round_idea join idea on idea.id = round_idea.idea_id
where round_idea.round_id = :round_id order by round_idea.line;

-- name: ideas
select idea.*, door.card_id, door.number from round_idea
join idea on idea.id = round_idea.idea_id join door on door.id = idea.door_id
where round_idea.round_id = :round_id and idea.erased_at is null and idea.withdrawn_at is null
order by round_idea.line;

-- name: candidates
select idea.*, door.card_id, door.number from idea join door on door.id = idea.door_id
left join theme on theme.id = idea.theme_id
where idea.workshop_id = :workshop_id and idea.withdrawn_at is null and idea.erased_at is null
  and idea.merged_into is null and idea.about_id is null and idea.held = 0 and idea.status in ('received', 'read', 'wall')
order by case when theme.id is null then 1 else 0 end, theme.place, idea.place, idea.nr;

-- name: begin^
update round set opened_at = coalesce(opened_at, :at), closed_at = null, shown_at = null
where id = :id and (opened_at is null or closed_at is not null)
returning id;

-- name: close^
update round set closed_at = :at where id = :id and opened_at is not null and closed_at is null returning id;

-- name: show^
update round set shown_at = :at, closed_at = coalesce(closed_at, :at) where id = :id and shown_at is null returning id;

-- name: hide^
update round set shown_at = null where id = :id and shown_at is not null returning id;

-- name: step!
insert into round_step (id, round_id, what, who, at) values (:id, :round_id, :what, :who, :at);

-- name: steps
select round_step.what, round_step.at, facilitator.name as who from round_step
join facilitator on facilitator.id = round_step.who
where round_step.round_id = :round_id order by round_step.id;

-- name: add_sheet!
insert into round_sheet (series_id, round_id, first_line) values (:series_id, :round_id, :first_line);

-- name: sheets
select slip_series.*, first.number as first_number, last.number as last_number from round_sheet
join slip_series on slip_series.id = round_sheet.series_id
join slip first on first.series_id = slip_series.id and first.position = 1
join slip last on last.series_id = slip_series.id and last.position = slip_series.count
where round_sheet.round_id = :round_id order by slip_series.made_at, slip_series.id;

-- name: of_series^
select round_sheet.*, round.shown_at, round.workshop_id from round_sheet join round on round.id = round_sheet.round_id
where round_sheet.series_id = :series_id;

-- name: ballots
select * from ballot
where round_id = :round_id and (voter = :voter or (device <> '' and device = :device)) order by at desc;

-- name: cast!
insert into ballot (round_id, voter, device, at) values (:round_id, :voter, :device, :at)
on conflict (round_id, voter) do update set device = excluded.device, at = excluded.at;

-- name: drop_ballot!
delete from ballot where round_id = :round_id and voter = :voter;

-- name: drop_dots!
delete from support where round_id = :round_id and voter = :voter;

-- name: dots
-- Every dot that was given, shown or not: only for counting who took part, and for the result once it is shown.
select idea_id, voter, count, channel, perspective from support where round_id = :round_id and count > 0;

-- name: dots_by
select idea_id, count, perspective from support where round_id = :round_id and voter = :voter;
