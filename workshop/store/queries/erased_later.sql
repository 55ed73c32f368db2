-- name: taken_away
-- What makers took away, in the whole installation: for whoever restored an older backup of all of it.
select id, workshop_id from idea where withdrawn_at is not null order by id;

-- name: ended
select id from workshop where names_erased_at is not null;

-- name: names
select id, name from workshop order by name;

-- name: slips
-- Cards that were taken back, also before anybody read them.
select number from slip where withdrawn_at is not null order by number;

-- name: backs
-- Ideas on paper of which the back was erased, or is about to be.
select idea.id, idea.workshop_id from idea join event on event.idea_id = idea.id
where idea.slip is not null and event.verb = 'back away'
  and not exists (select 1 from event later
                  where later.idea_id = idea.id and later.verb = 'back kept' and later.id > event.id)
group by idea.id, idea.workshop_id order by idea.id;

-- name: organisations
select id from organisation where erasing_at is not null or erased_at is not null;

-- name: organisation_names
select id, name from organisation where erasing_at is null and erased_at is null order by name;
