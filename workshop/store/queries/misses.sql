-- name: note!
insert into miss (id, at, kind, subject, device) values (:id, :at, :kind, :subject, :device);

-- name: count_since$
select count(*) from miss where kind = :kind and at > :at
  and (cast(:subject as text) is null or subject = :subject)
  and (cast(:device as text) is null or device = :device);

-- name: forget!
delete from miss where at < :before and (kind <> 'word' or at <= (
  select word_misses_reset_at from workshop where workshop.id = miss.subject));

-- name: forget_devices!
update miss set device = '' where at < :before and device <> '';
