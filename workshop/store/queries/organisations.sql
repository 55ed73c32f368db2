-- name: make!
insert into organisation (id, name, made_at) values (:id, :name, :at) on conflict (id) do nothing;

-- name: find^
select * from organisation where id = :organisation_id;

-- name: by_name^
select * from organisation where lower(name) = lower(substr(name, 1, 0) || :name) and erased_at is null;

-- name: everything
select * from organisation order by made_at, id;

-- name: of_workshop^
select organisation.* from organisation join workshop on workshop.organisation_id = organisation.id
where workshop.id = :workshop_id;

-- name: of_facilitator$
select organisation_id from facilitator where id = :facilitator_id;

-- name: others$
select count(*) from organisation where id <> :organisation_id and erased_at is null;

-- name: set_quota!
update organisation set most_workshops = :workshops, most_bytes = :bytes, most_pages_month = :pages
where id = :organisation_id;

-- name: pause!
update organisation set paused_at = :at where id = :organisation_id and paused_at is null;

-- name: resume!
update organisation set paused_at = null where id = :organisation_id and erasing_at is null;

-- name: people
select facilitator.id, facilitator.name, facilitator.made_at,
       (select max(signin.seen_at) from signin where signin.facilitator_id = facilitator.id) as seen_at
from facilitator where organisation_id = :organisation_id order by lower(facilitator.name);

-- name: workshop_ids
select id from workshop where organisation_id = :organisation_id order by made_at, id;

-- name: workshops_open$
select count(*) from workshop where organisation_id = :organisation_id and closed_at is null;

-- name: workshops_not_of$
select count(*) from workshop where organisation_id = :organisation_id
  and not exists (select 1 from member where member.workshop_id = workshop.id and member.facilitator_id = :facilitator_id);

-- name: pages_in$
select coalesce(sum(pages), 0) from pages_read where organisation_id = :organisation_id and month = :month;

-- name: months
select month, pages from pages_read where organisation_id = :organisation_id order by month;

-- name: count_page^
insert into pages_read (organisation_id, month, pages)
select workshop.organisation_id, :month, 1 from stack join workshop on workshop.id = stack.workshop_id
where stack.id = :stack_id
on conflict (organisation_id, month) do update set pages = pages_read.pages + 1
returning organisation_id, pages;

-- name: read_on!
-- Stacks that wait since no page was left, where there is room again: another month, or a wider limit.
update stack set state = 'received', attempts = 0, reason = '', lease_until = null
where state = 'failed' and reason = 'quota_pages' and workshop_id in (
  select workshop.id from workshop join organisation on organisation.id = workshop.organisation_id
  where organisation.erasing_at is null and organisation.paused_at is null
    and (organisation.most_pages_month = 0 or organisation.most_pages_month > coalesce(
      (select pages from pages_read where pages_read.organisation_id = organisation.id and month = :month), 0)));

-- name: note_size!
insert into file_size (file, bytes) values (:file, :bytes) on conflict (file) do nothing;

-- name: let_in!
update organisation set bytes_added = bytes_added + :bytes where id = :organisation_id;

-- name: counted!
-- What was added up to the moment of counting was counted.
update organisation set bytes_counted = :bytes, bytes_added = bytes_added - :added where id = :organisation_id;

-- name: limited
select id, bytes_added from organisation where most_bytes > 0 and erased_at is null order by id;

-- name: size_of$
select coalesce(sum(bytes), 0) from file_size where file = :file;

-- name: bytes_of$
-- What all rows of an organisation that speak of a file weigh together; the same content counts once.
select coalesce(sum(file_size.bytes), 0) from file_size join (
  select picture.file from picture join idea on idea.id = picture.idea_id join workshop on workshop.id = idea.workshop_id
    where workshop.organisation_id = :organisation_id
  union select own_picture.file from own_picture join workshop on workshop.id = own_picture.workshop_id
    where workshop.organisation_id = :organisation_id
  union select own_parcel.file from own_parcel join workshop on workshop.id = own_parcel.workshop_id
    where workshop.organisation_id = :organisation_id
  union select stack_file.file from stack_file join stack on stack.id = stack_file.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select page.picture from page join stack on stack.id = page.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select sighting.crop from sighting join page on page.id = sighting.page_id join stack on stack.id = page.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select sighting.idea_crop from sighting join page on page.id = sighting.page_id join stack on stack.id = page.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select result.picture from result join workshop on workshop.id = result.workshop_id
    where workshop.organisation_id = :organisation_id
  union select print_order.file from print_order join workshop on workshop.id = print_order.workshop_id
    where workshop.organisation_id = :organisation_id
) as spoken on spoken.file = file_size.file;

-- name: unmeasured
-- Files that a row speaks of and of which nobody noted yet how large they are.
select spoken.file from (
  select file from picture union select file from own_picture union select file from own_parcel
  union select file from stack_file union select picture from page union select crop from sighting
  union select idea_crop from sighting union select picture from result union select file from print_order
) as spoken
where spoken.file is not null and spoken.file <> ''
  and not exists (select 1 from file_size where file_size.file = spoken.file)
limit :most;

-- name: stopped$
select count(*) from stopped where number = :number;

-- name: erasing^
update organisation set erasing_at = :at, paused_at = coalesce(paused_at, :at)
where id = :organisation_id and erasing_at is null and erased_at is null
returning id;

-- name: erased!
update organisation set erased_at = :at, name = '', most_workshops = 0, most_bytes = 0, most_pages_month = 0
where id = :organisation_id and erased_at is null;

-- name: to_erase
select id from organisation where erasing_at is not null and erased_at is null order by erasing_at;

-- name: busy$
select (select count(*) from stack join workshop on workshop.id = stack.workshop_id
          where workshop.organisation_id = :organisation_id and stack.state = 'reading' and stack.lease_until >= :at)
     + (select count(*) from print_order join workshop on workshop.id = print_order.workshop_id
          where workshop.organisation_id = :organisation_id and print_order.state = 'printing'
            and print_order.lease_until >= :at);

-- name: stop_stacks!
update stack set state = 'failed', worker = '', lease_until = null
where workshop_id in (select id from workshop where organisation_id = :organisation_id) and state in ('received', 'reading');

-- name: stop_orders!
update print_order set state = 'failed', worker = '', lease_until = null
where workshop_id in (select id from workshop where organisation_id = :organisation_id) and state in ('ordered', 'printing');

-- name: sign_out!
delete from signin where facilitator_id in (select id from facilitator where organisation_id = :organisation_id);

-- name: stop_numbers!
insert into stopped (number, at)
select number, :at from door
where workshop_id in (select id from workshop where organisation_id = :organisation_id)
union select number, :at from slip
where workshop_id in (select id from workshop where organisation_id = :organisation_id)
on conflict (number) do nothing;

-- name: forget_misses!
delete from miss where subject = :subject
  or subject in (select id from workshop where organisation_id = :organisation_id)
  or subject in (select number from stopped);

-- name: forget_turns!
delete from work_turn where owner = :organisation_id
  or owner in (select id from workshop where organisation_id = :organisation_id);

-- name: doom!
insert into doomed (organisation_id, file)
select :organisation_id, spoken.file from (
  select picture.file from picture join idea on idea.id = picture.idea_id join workshop on workshop.id = idea.workshop_id
    where workshop.organisation_id = :organisation_id
  union select own_picture.file from own_picture join workshop on workshop.id = own_picture.workshop_id
    where workshop.organisation_id = :organisation_id
  union select own_parcel.file from own_parcel join workshop on workshop.id = own_parcel.workshop_id
    where workshop.organisation_id = :organisation_id
  union select stack_file.file from stack_file join stack on stack.id = stack_file.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select page.picture from page join stack on stack.id = page.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select sighting.crop from sighting join page on page.id = sighting.page_id join stack on stack.id = page.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select sighting.idea_crop from sighting join page on page.id = sighting.page_id join stack on stack.id = page.stack_id
    join workshop on workshop.id = stack.workshop_id where workshop.organisation_id = :organisation_id
  union select result.picture from result join workshop on workshop.id = result.workshop_id
    where workshop.organisation_id = :organisation_id
  union select print_order.file from print_order join workshop on workshop.id = print_order.workshop_id
    where workshop.organisation_id = :organisation_id
) as spoken where spoken.file is not null and spoken.file <> ''
on conflict (organisation_id, file) do nothing;

-- name: pictures_before
-- Results keep the names of pictures they had before in their history.
select result_event.before from result_event join result on result.id = result_event.result_id
join workshop on workshop.id = result.workshop_id
where workshop.organisation_id = :organisation_id and result_event.before like '%"picture"%';

-- name: doom_one!
insert into doomed (organisation_id, file) values (:organisation_id, :file) on conflict (organisation_id, file) do nothing;

-- name: doomed
select file from doomed where organisation_id = :organisation_id order by file limit :most;

-- name: undoom!
delete from doomed where organisation_id = :organisation_id and file = :file;

-- name: forget_size!
delete from file_size where file = :file;
