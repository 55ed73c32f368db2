-- name: make!
insert into facilitator (id, name, passphrase, made_at, organisation_id)
values (:id, :name, :passphrase, :at, :organisation_id);

-- name: find^
select facilitator.*, organisation.paused_at from facilitator
join organisation on organisation.id = facilitator.organisation_id where facilitator.id = :id;

-- What is typed is put behind nothing of the column, so that both are compared in the order of signs of the column.
-- name: by_name^
select facilitator.*, organisation.paused_at from facilitator
join organisation on organisation.id = facilitator.organisation_id where lower(facilitator.name) = lower(substr(facilitator.name, 1, 0) || :name);

-- name: first^
select facilitator.*, organisation.paused_at from facilitator
join organisation on organisation.id = facilitator.organisation_id order by facilitator.made_at limit 1;

-- name: set_passphrase!
update facilitator set passphrase = :passphrase where id = :id;

-- name: sign_in!
insert into signin (token, facilitator_id, began_at, seen_at) values (:token, :facilitator_id, :at, :at);

-- name: signed_in^
select facilitator.*, signin.seen_at, organisation.paused_at from signin
join facilitator on facilitator.id = signin.facilitator_id
join organisation on organisation.id = facilitator.organisation_id
where signin.token = :token and signin.ended_at is null
  and signin.seen_at > :idle_since and signin.began_at > :began_since;

-- name: knows$
select count(*) from signin join facilitator on facilitator.id = signin.facilitator_id
where signin.token = :token and lower(facilitator.name) = lower(substr(facilitator.name, 1, 0) || :name);

-- name: seen!
update signin set seen_at = :at where token = :token;

-- name: sign_out!
update signin set ended_at = :at where token = :token and ended_at is null;

-- name: sign_out_everywhere!
update signin set ended_at = :at where facilitator_id = :facilitator_id and ended_at is null;

-- name: invite!
insert into invitation (token, workshop_id, facilitator_id, role, made_at, made_by, expires_at)
values (:token, :workshop_id, :facilitator_id, :role, :at, :made_by, :expires_at);

-- name: invitation^
select invitation.*, workshop.name as workshop_name, workshop.organisation_id from invitation
left join workshop on workshop.id = invitation.workshop_id
where invitation.token = :token and invitation.used_at is null and invitation.expires_at > :at;

-- name: use_invitation!
update invitation set used_at = :at, used_by = :facilitator_id
where token = :token and used_at is null and expires_at > :at;
