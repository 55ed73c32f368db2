-- name: add!
insert into picture (id, idea_id, file, width, height, position) values (:id, :idea_id, :file, :width, :height, :position);

-- name: of_workshop
select picture.* from idea join picture on picture.idea_id = idea.id
where idea.workshop_id = :workshop_id and picture.covered_at is null
order by picture.idea_id, picture.position;

-- name: of_door
select picture.* from idea join picture on picture.idea_id = idea.id
where idea.door_id = :door_id and picture.covered_at is null
order by picture.idea_id, picture.position;

-- name: of_idea
select * from picture where idea_id = :idea_id and covered_at is null order by position;

-- name: find^
select picture.*, idea.workshop_id, idea.door_id from picture join idea on idea.id = picture.idea_id
where picture.id = :id and picture.covered_at is null and idea.erased_at is null;

-- name: forget
delete from picture where idea_id = :idea_id returning file;

-- name: replace!
update picture set file = :file, width = :width, height = :height where idea_id = :idea_id and position = :position and covered_at is null;

-- name: ever
-- All pictures an idea ever had, those that were painted over too.
select * from picture where idea_id = :idea_id order by position, id;

-- name: cover!
update picture set covered_at = :at where id = :id;

-- name: forget_covered
delete from picture where idea_id = :idea_id and covered_at is not null returning file;

-- name: painted$
select count(*) from event where idea_id = :idea_id and verb = 'painted';

-- name: uses_of$
select (select count(*) from picture where file = :file) + (select count(*) from own_picture where file = :file)
     + (select count(*) from page where picture = :file) + (select count(*) from stack_file where file = :file)
     + (select count(*) from sighting where crop = :file or idea_crop = :file)
     + (select count(*) from result where picture = :file) + (select count(*) from print_order where file = :file)
     + (select count(*) from own_parcel where file = :file);
