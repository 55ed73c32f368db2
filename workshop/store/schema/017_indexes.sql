-- A workshop with very many ideas: what is part of another idea, or adds to one, is found without a look at all of them.
create index idea_part on idea (workshop_id) where merged_into is not null;
create index idea_part_door on idea (door_id) where merged_into is not null;
create index idea_added on idea (workshop_id, made_at) where about_id is not null;
create index idea_apart on idea (workshop_id) where status = 'apart';

-- Sweeping asks of every file whether anybody still speaks of it: of results and own cards too, as of all others in 016.
create index result_picture on result (picture);
create index own_parcel_file on own_parcel (file);
create index own_picture_file on own_picture (file);
