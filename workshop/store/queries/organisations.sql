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

-- name: note_size!
insert into file_size (file, bytes) values (:file, :bytes) on conflict (file) do nothing;

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
select count(*) from stopped where code = :code;
