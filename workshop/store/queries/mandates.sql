-- name: give!
insert into mandate (id, workshop_id, trial_id, allows, what, until, signed, signed_at, made_by, made_at)
values (:id, :workshop_id, :trial_id, :allows, :what, :until, :signed, :signed_at, :who, :at);

-- name: of_workshop
select mandate.*, facilitator.name as maker from mandate join facilitator on facilitator.id = mandate.made_by
where mandate.workshop_id = :workshop_id
  and coalesce(mandate.trial_id, '') = coalesce(cast(:trial_id as text), '')
order by mandate.made_at desc, mandate.id desc;

-- name: find^
select mandate.*, facilitator.name as maker from mandate join facilitator on facilitator.id = mandate.made_by
where mandate.id = :id and mandate.workshop_id = :workshop_id;

-- name: sign!
update mandate set signed = :signed, signed_at = :at
where id = :id and workshop_id = :workshop_id and signed = '' and ended_at is null;

-- name: finish!
update mandate set ended_at = :at where id = :id and workshop_id = :workshop_id and ended_at is null;

-- name: bring_back!
update mandate set ended_at = null where id = :id and workshop_id = :workshop_id and ended_at is not null;
