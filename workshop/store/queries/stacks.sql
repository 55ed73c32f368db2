-- name: bring!
insert into stack (id, workshop_id, brought_by, brought_at, way) values (:id, :workshop_id, :brought_by, :at, :way);

-- name: add_file!
insert into stack_file (id, stack_id, position, name, file, bytes)
values (:id, :stack_id, :position, :name, :file, :bytes);

-- name: find^
select * from stack where id = :id and workshop_id = :workshop_id;

-- name: of_workshop
select * from stack where workshop_id = :workshop_id order by brought_at desc, id desc limit 50;

-- name: files
select * from stack_file where stack_id = :stack_id order by position;

-- name: file_of^
select * from stack_file where id = :id;

-- name: claim^
update stack set state = 'reading', attempts = attempts + 1, lease_until = :lease_until, worker = :worker
where id = :id and state in ('received', 'reading') and (lease_until is null or lease_until < :at)
returning *;

-- name: keep^
update stack set lease_until = :lease_until where id = :id and state = 'reading' and worker = :worker
returning id;

-- name: got_on!
update stack set attempts = 1 where id = :id;

-- name: finish^
update stack set read_at = :at, reason = '', attempts = 0, lease_until = null, worker = '', state = case
  when exists (select 1 from stack_file where stack_id = :id and pages is null) then 'received' else 'read' end
where id = :id and worker = :worker
returning id;

-- name: fail^
update stack set state = 'failed', reason = :reason, lease_until = null, worker = ''
where id = :id and state = 'reading' and worker = :worker
returning id;

-- name: park!
update stack set state = 'failed', reason = :reason, lease_until = null, worker = '' where id = :id;

-- name: give_back^
update stack set state = 'received', reason = :reason, lease_until = :later, worker = ''
where id = :id and state = 'reading' and worker = :worker
returning id;

-- name: put_off^
update stack set state = 'received', attempts = attempts - 1, lease_until = :later, worker = ''
where id = :id and state = 'reading' and worker = :worker
returning id;

-- name: rest^
update stack set state = 'received', attempts = attempts - 1, lease_until = null, worker = '', rested_at = :at
where id = :id and state = 'reading' and worker = :worker
returning id;

-- name: try_again!
update stack set state = 'received', attempts = 0, reason = '', lease_until = null
where id = :id and workshop_id = :workshop_id and state = 'failed';

-- name: undone
select id from stack
where state in ('received', 'reading') and (lease_until is null or lease_until < :at)
order by brought_at;

-- name: opened!
update stack_file set pages = :pages, reason = :reason where id = :id;

-- name: came_before^
select stack_file.* from stack_file join stack on stack.id = stack_file.stack_id
where stack_file.file = :file and stack.workshop_id = :workshop_id and stack_file.id < :id
order by stack_file.id limit 1;

-- name: put_page^
insert into page (id, stack_id, stack_file_id, at, tray, reason, picture, width, height, bitonal, made_at)
values (:id, :stack_id, :stack_file_id, :at, :tray, :reason, :picture, :width, :height, :bitonal, :made_at)
on conflict (stack_file_id, at) do nothing
returning *;

-- name: set_tray!
update page set tray = :tray, reason = :reason where id = :id;

-- name: pages_of_file
select * from page where stack_file_id = :stack_file_id order by at;

-- name: page^
select page.*, stack.workshop_id from page join stack on stack.id = page.stack_id
where page.id = :id and stack.workshop_id = :workshop_id;

-- name: pages
select page.*, stack_file.name, stack_file.position from page join stack_file on stack_file.id = page.stack_file_id
where page.stack_id = :stack_id
  and (cast(:tray as text) is null or page.tray = :tray)
order by stack_file.position, page.at;

-- name: to_look_at
select page.*, stack_file.name, stack_file.position from page
join stack_file on stack_file.id = page.stack_file_id
join stack on stack.id = page.stack_id
where stack.workshop_id = :workshop_id and page.tray = 'look' and page.settled_at is null
order by page.made_at, page.id limit 500;

-- name: settle!
update page set settled_at = :at, settled_by = :who, settled_as = :settled_as where id = :id;

-- name: unsettle!
update page set settled_at = null, settled_by = null, settled_as = '' where id = :id;

-- name: turn!
update page set turned = :turned where id = :id;

-- name: see!
insert into sighting (id, page_id, slip, code, side, how, sure, px_per_mm, corners, ticks, counts, doubt, blank, crop,
                      idea_crop, idea_width, idea_height, made_at)
values (:id, :page_id, :slip, :code, :side, :how, :sure, :px_per_mm, :corners, :ticks, :counts, :doubt, :blank, :crop,
        :idea_crop, :idea_width, :idea_height, :made_at);

-- name: sightings_on
select * from sighting where page_id = :page_id order by id;

-- name: sightings_in
select sighting.*, page.at, page.stack_file_id from sighting join page on page.id = sighting.page_id
where page.stack_id = :stack_id order by sighting.id;

-- name: sightings_of
select * from sighting where slip = :slip order by made_at desc, id desc;

-- name: sighting^
select sighting.* from sighting join page on page.id = sighting.page_id join stack on stack.id = page.stack_id
where sighting.id = :id and stack.workshop_id = :workshop_id;

-- name: seen_before$
select count(*) from sighting where slip = :slip and side = :side;

-- name: crops_of
select crop, idea_crop from sighting where slip = :slip and (cast(:side as text) is null or side = :side) and crop <> '';

-- name: forget_side!
update sighting set crop = '', idea_crop = ''
where slip = :slip and (cast(:side as text) is null or side = :side);

-- name: pages_with
select page.*, stack_file.file from page
join stack_file on stack_file.id = page.stack_file_id
where exists (select 1 from sighting
              join page seen on seen.id = sighting.page_id
              join stack_file came on came.id = seen.stack_file_id
              where sighting.slip = :slip and (cast(:side as text) is null or sighting.side = :side)
                and came.file = stack_file.file and seen.at = page.at);

-- name: pages_from
select page.* from page join stack_file on stack_file.id = page.stack_file_id
where stack_file.file = :file and stack_file.id = (select min(id) from stack_file where file = :file)
order by page.at;

-- name: slips_to_redact
select distinct sighting.slip from sighting
join slip on slip.number = sighting.slip
left join answer on answer.id = slip.answer_id
left join idea on idea.slip = sighting.slip or idea.id = answer.idea_id
where sighting.crop <> ''
  and (idea.erased_at is not null or (idea.id is null and slip.withdrawn_at < :before));

-- name: new_picture!
update page set picture = :picture where id = :id;

-- name: new_original!
update stack_file set file = :file where file = :old;

-- name: counts^
select count(*) as pages,
       coalesce(sum(case when tray = 'matched' then 1 else 0 end), 0) as matched,
       coalesce(sum(case when tray = 'seen' then 1 else 0 end), 0) as seen,
       coalesce(sum(case when tray = 'look' then 1 else 0 end), 0) as look,
       coalesce(sum(case when tray = 'look' and settled_at is null then 1 else 0 end), 0) as waiting,
       coalesce(sum(case when reason = 'blank' then 1 else 0 end), 0) as blank,
       coalesce(sum(bitonal), 0) as bitonal
from page where stack_id = :stack_id;

-- name: ideas_from$
select count(distinct idea.id) from idea
join sighting on sighting.slip = idea.slip
join page on page.id = sighting.page_id
where page.stack_id = :stack_id and sighting.side = 'front' and idea.erased_at is null;

-- name: unsee!
delete from sighting where id = :id and how = 'person';

-- name: not_back
select number from slip
where series_id = :series_id and withdrawn_at is null
  and not exists (select 1 from sighting where sighting.slip = slip.number)
  and not exists (select 1 from idea where idea.slip = slip.number)
order by position limit :most;

-- name: next_to_look^
select page.id from page join stack on stack.id = page.stack_id
where stack.workshop_id = :workshop_id and page.tray = 'look' and page.settled_at is null and page.id <> :after
order by case when page.id > :after then 0 else 1 end, page.id limit 1;

-- name: left_to_look$
select count(*) from page join stack on stack.id = page.stack_id
where stack.workshop_id = :workshop_id and page.tray = 'look' and page.settled_at is null;

-- name: backs_to_erase
select distinct sighting.slip, idea.workshop_id from sighting
join idea on idea.slip = sighting.slip
join event on event.idea_id = idea.id
where sighting.side = 'back' and sighting.crop <> '' and event.verb = 'back away' and event.at < :before
  and not exists (select 1 from event later
                  where later.idea_id = idea.id and later.verb = 'back kept' and later.id > event.id);

-- name: half_read$
select count(*) from sighting
join page on page.id = sighting.page_id
join stack_file came on came.id = page.stack_file_id
join stack_file same on same.file = came.file
join stack on stack.id = same.stack_id
where sighting.slip = :slip
  and (stack.state in ('received', 'reading') or (stack.state = 'failed' and (
    same.pages is null or same.pages > (select count(*) from page there where there.stack_file_id = same.id))));
