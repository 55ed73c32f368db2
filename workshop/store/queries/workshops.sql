-- name: make!
insert into workshop (id, name, question, language, address, contact_name, contact_phone, seen, rehearsal,
                      word_misses_reset_at, made_at, organisation_id)
values (:id, :name, :question, :language, :address, :contact_name, :contact_phone, :seen, :rehearsal, :at, :at,
        :organisation_id);

-- name: change^
update workshop set name = :name, question = :question, language = :language, address = :address,
       contact_name = :contact_name, contact_phone = :contact_phone, seen = :seen, rehearsal = :rehearsal, version = version + 1
where id = :id and version = :version
returning id;

-- name: close!
update workshop set closed_at = :at where id = :id and closed_at is null;

-- name: reopen!
update workshop set closed_at = null where id = :id and closed_at is not null
  and not exists (select 1 from ending where ending.workshop_id = workshop.id and ending.asked_at is not null);

-- name: reset_word_misses!
update workshop set word_misses_reset_at = :at where id = :id;

-- name: find^
select workshop.*, coalesce(workshop.closed_at, organisation.paused_at) as closed_at,
       (select min(meeting.date) from meeting where meeting.workshop_id = workshop.id and meeting.called_off_at is null
          and meeting.date >= :today) as next_date
from workshop join organisation on organisation.id = workshop.organisation_id
where workshop.id = :id;

-- name: find_for^
select workshop.*, coalesce(workshop.closed_at, organisation.paused_at) as closed_at, member.role,
       (select min(meeting.date) from meeting where meeting.workshop_id = workshop.id and meeting.called_off_at is null
          and meeting.date >= :today) as next_date
from workshop
join organisation on organisation.id = workshop.organisation_id
join member on member.workshop_id = workshop.id
join facilitator on facilitator.id = member.facilitator_id and facilitator.organisation_id = workshop.organisation_id
where workshop.id = :id and member.facilitator_id = :facilitator_id;

-- name: all_for
select workshop.*, coalesce(workshop.closed_at, organisation.paused_at) as closed_at, member.role,
       (select min(meeting.date) from meeting where meeting.workshop_id = workshop.id and meeting.called_off_at is null
          and meeting.date >= :today) as next_date,
       (select count(*) from idea where idea.workshop_id = workshop.id and idea.status = 'received'
          and idea.withdrawn_at is null) as waiting
from workshop
join organisation on organisation.id = workshop.organisation_id
join member on member.workshop_id = workshop.id
join facilitator on facilitator.id = member.facilitator_id and facilitator.organisation_id = workshop.organisation_id
where member.facilitator_id = :facilitator_id
order by workshop.made_at desc;

-- name: everything
select workshop.*, coalesce(workshop.closed_at, organisation.paused_at) as closed_at,
       (select min(meeting.date) from meeting where meeting.workshop_id = workshop.id and meeting.called_off_at is null
          and meeting.date >= :today) as next_date
from workshop join organisation on organisation.id = workshop.organisation_id order by workshop.made_at;

-- name: some_open
select workshop.*, organisation.paused_at as closed_at,
       (select min(meeting.date) from meeting where meeting.workshop_id = workshop.id and meeting.called_off_at is null
          and meeting.date >= :today) as next_date
from workshop join organisation on organisation.id = workshop.organisation_id
where workshop.closed_at is null and organisation.paused_at is null order by workshop.made_at limit :most;

-- name: addresses
select distinct address from workshop;

-- name: join!
-- Nobody ever works in a workshop of another organisation.
insert into member (workshop_id, facilitator_id, role, since)
select workshop.id, facilitator.id, :role, :at
from workshop join facilitator on facilitator.organisation_id = workshop.organisation_id
where workshop.id = :workshop_id and facilitator.id = :facilitator_id
on conflict (workshop_id, facilitator_id) do update set role = excluded.role where excluded.role = 'facilitator';

-- name: members
select facilitator.id, facilitator.name, member.role, member.since, member.perspective from member
join facilitator on facilitator.id = member.facilitator_id
where member.workshop_id = :workshop_id order by member.since;

-- name: next_nr$
update workshop set last_nr = last_nr + 1 where id = :id returning last_nr;

-- name: hide!
update workshop set hidden_at = :at, version = version + 1 where id = :id and hidden_at is null;

-- name: reveal!
update workshop set hidden_at = null, version = version + 1 where id = :id and hidden_at is not null;

-- name: show_support!
update workshop set support_shown_at = :at, version = version + 1 where id = :id;

-- name: perspective_of^
select perspective from member where workshop_id = :workshop_id and facilitator_id = :facilitator_id;

-- name: take_perspective!
update member set perspective = :perspective where workshop_id = :workshop_id and facilitator_id = :facilitator_id;

-- name: turn!
update workshop set kind = :kind, dial = :dial where id = :id and (kind <> :kind or dial <> :dial);
