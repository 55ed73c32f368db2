-- name: join!
update stack set slip = :slip, device = :device where id = :id;

-- name: same^
select stack.* from stack join stack_file on stack_file.stack_id = stack.id
where stack.slip = :slip and stack_file.file = :file
order by stack.brought_at desc limit 1;

-- name: count_since$
select count(*) from stack
where brought_at > :since
  and (cast(:slip as text) is null or slip = :slip)
  and (cast(:device as text) is null or device = :device);

-- name: forget_devices!
update stack set device = '' where device <> '' and brought_at < :before;

-- name: unread_of
select page.id, page.picture, stack_file.file, stack_file.id as file_id from stack
join stack_file on stack_file.stack_id = stack.id
left join page on page.stack_file_id = stack_file.id
where stack.slip = :slip and not exists (
  select 1 from sighting join page other on other.id = sighting.page_id where other.stack_file_id = stack_file.id);

-- name: left_behind
select distinct stack.slip from stack
join slip on slip.number = stack.slip
left join idea on idea.slip = stack.slip
where idea.erased_at is not null or (idea.id is null and slip.withdrawn_at < :before);

-- name: blank_page!
update page set picture = '' where id = :id;

-- name: blank_file!
update stack_file set file = :file, name = '' where id = :id;

-- name: part!
update stack set slip = null, device = '' where slip = :slip;

-- name: slip_of$
select slip from stack where id = :id;
