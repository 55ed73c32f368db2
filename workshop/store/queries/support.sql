-- name: note!
insert into support (id, workshop_id, idea_id, round_id, voter, count, channel, perspective, at)
values (:id, :workshop_id, :idea_id, :round_id, :voter, :count, :channel, :perspective, :at)
on conflict (idea_id, round_id, voter) do update
set count = excluded.count, channel = excluded.channel, perspective = excluded.perspective, at = excluded.at;

-- name: of_voter
select idea_id from support where workshop_id = :workshop_id and voter = :voter and round_id = '' and count > 0;

-- name: of_workshop
-- What counts: “Dat herken ik”, and dots of rounds whose result is shown.
select support.* from support left join round on round.id = support.round_id
where support.workshop_id = :workshop_id and support.count > 0 and (support.round_id = '' or round.shown_at is not null);
