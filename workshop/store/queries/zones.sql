-- name: add!
insert into zone (id, workshop_id, meeting_id, perspective, known, learning, too_much, slip, who, at)
values (:id, :workshop_id, :meeting_id, :perspective, :known, :learning, :too_much, :slip, :who, :at)
on conflict (id) do nothing;

-- name: change!
update zone set meeting_id = :meeting_id, perspective = :perspective, known = :known, learning = :learning,
       too_much = :too_much, who = :who, at = :at, removed_at = null
where slip = :slip and workshop_id = :workshop_id;

-- name: of_slip^
select * from zone where slip = :slip and workshop_id = :workshop_id;

-- name: of_workshop
select zone.* from zone join meeting on meeting.id = zone.meeting_id
where zone.workshop_id = :workshop_id and zone.removed_at is null and meeting.called_off_at is null
order by meeting.date desc, zone.at desc, zone.id;

-- name: remove!
update zone set removed_at = :at where id = :id and workshop_id = :workshop_id and removed_at is null;

-- name: bring_back!
update zone set removed_at = null where id = :id and workshop_id = :workshop_id;
