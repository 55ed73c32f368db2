-- name: of_workshop
select * from meeting where workshop_id = :workshop_id and called_off_at is null order by date, id;

-- name: attendance
select attendance.* from attendance join meeting on meeting.id = attendance.meeting_id
where meeting.workshop_id = :workshop_id and attendance.present > 0;

-- name: on_day^
select id from meeting where workshop_id = :workshop_id and date = :date and called_off_at is null;

-- name: called_off
select * from meeting where workshop_id = :workshop_id and called_off_at is not null order by date, id;

-- name: add!
insert into meeting (id, workshop_id, date, name, place, route, begins, ends, gap_reason, series_id, every, made_at)
values (:id, :workshop_id, :date, :name, :place, :route, :begins, :ends, :gap_reason, :series_id, :every, :at);

-- name: change^
update meeting set date = :date, name = :name, place = :place, route = :route, begins = :begins, ends = :ends,
       version = version + 1
where id = :id and version = :version
returning id;

-- name: move!
update meeting set date = :date, version = version + 1 where id = :id;

-- name: call_off!
update meeting set called_off_at = :at, version = version + 1 where id = :id and called_off_at is null;

-- name: bring_back!
update meeting set called_off_at = null, version = version + 1 where id = :id and workshop_id = :workshop_id;

-- name: note_present!
insert into attendance (meeting_id, perspective, present) values (:meeting_id, :perspective, :present)
on conflict (meeting_id, perspective) do update set present = excluded.present;

-- name: call_off_series
update meeting set called_off_at = :at, version = version + 1
where workshop_id = :workshop_id and series_id = :series_id and called_off_at is null and version = 1
  and not exists (select 1 from block where block.meeting_id = meeting.id and block.removed_at is null)
  and not exists (select 1 from turn where turn.meeting_id = meeting.id and turn.count > 0)
  and not exists (select 1 from attendance where attendance.meeting_id = meeting.id and attendance.present > 0)
  and not exists (select 1 from zone where zone.meeting_id = meeting.id and zone.removed_at is null)
  and not exists (select 1 from reflection where reflection.meeting_id = meeting.id and reflection.removed_at is null)
  and not exists (select 1 from action where action.meeting_id = meeting.id and action.dropped_at is null)
  and not exists (select 1 from decision where decision.meeting_id = meeting.id)
  and not exists (select 1 from glasses where glasses.meeting_id = meeting.id)
returning id;

-- name: explain!
update meeting set gap_reason = :reason, version = version + 1
where id = :id and workshop_id = :workshop_id and gap_reason <> :reason;
