-- name: of_meeting
select perspective, count from turn where meeting_id = :meeting_id and count > 0;

-- name: of_workshop
select turn.meeting_id, turn.perspective, turn.count from turn join meeting on meeting.id = turn.meeting_id
where meeting.workshop_id = :workshop_id and meeting.called_off_at is null and turn.count > 0;

-- name: tap!
insert into turn (meeting_id, perspective, count) values (:meeting_id, :perspective, 1)
on conflict (meeting_id, perspective) do update
set count = case when turn.count < :most then turn.count + 1 else turn.count end;

-- name: undo_tap!
update turn set count = count - 1 where meeting_id = :meeting_id and perspective = :perspective and count > 0;

-- name: note!
insert into turn (meeting_id, perspective, count) values (:meeting_id, :perspective, :count)
on conflict (meeting_id, perspective) do update set count = excluded.count;
