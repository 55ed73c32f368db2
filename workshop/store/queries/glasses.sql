-- name: note!
insert into glasses (id, workshop_id, idea_id, perspective, meeting_id, at, who)
values (:id, :workshop_id, :idea_id, :perspective, :meeting_id, :at, :who)
on conflict (idea_id, perspective) do nothing;

-- name: undo!
delete from glasses where workshop_id = :workshop_id and idea_id = :idea_id and perspective = :perspective;

-- name: of_workshop
select * from glasses where workshop_id = :workshop_id order by at desc, id desc;

-- name: traces
-- From which sides an idea was given, stood behind or looked at.
select id as idea_id, perspective from idea
where workshop_id = :workshop_id and perspective <> '' and channel <> 'joined' and withdrawn_at is null and erased_at is null
union
select support.idea_id, support.perspective from support left join round on round.id = support.round_id
where support.workshop_id = :workshop_id and support.count > 0 and support.perspective <> ''
  and (support.round_id = '' or round.shown_at is not null)
union
select idea_id, perspective from glasses where workshop_id = :workshop_id;
