-- name: make_series!
insert into slip_series (id, workshop_id, kind, card_id, language, question, choices, count, seed, made_at, perspective)
values (:id, :workshop_id, :kind, :card_id, :language, :question, :choices, :count, :seed, :at, :perspective);

-- name: make^
insert into slip (number, series_id, workshop_id, position, key, stub_key, stub_words)
values (:number, :series_id, :workshop_id, :position, :key, :stub_key, :stub_words)
on conflict (number) do nothing
returning number;

-- name: series^
select * from slip_series where id = :id and workshop_id = :workshop_id;

-- name: series_of_seed^
select * from slip_series
where workshop_id = :workshop_id and seed = :seed and kind = :kind and card_id = :card_id and language = :language
  and count = :count;

-- name: all_series
select slip_series.*, first.number as first_number, last.number as last_number
from slip_series
join slip first on first.series_id = slip_series.id and first.position = 1
join slip last on last.series_id = slip_series.id and last.position = slip_series.count
where slip_series.workshop_id = :workshop_id
order by slip_series.made_at desc, slip_series.id desc;

-- name: came_back
select slip.series_id, count(distinct sighting.slip) as count
from slip join sighting on sighting.slip = slip.number
where slip.workshop_id = :workshop_id and sighting.side = 'front'
group by slip.series_id;

-- name: of_series
select * from slip where series_id = :series_id order by position;

-- name: of_workshop
select * from slip where workshop_id = :workshop_id;

-- name: by_number^
select * from slip where number = :number;

-- name: printed!
update slip_series set printed_at = :at where id = :id and printed_at is null;

-- name: withdraw!
update slip set withdrawn_at = :at where number = :number and workshop_id = :workshop_id and withdrawn_at is null;

-- name: card_of$
select slip_series.card_id from slip join slip_series on slip_series.id = slip.series_id where slip.number = :number;

-- name: bring_back!
update slip set withdrawn_at = null where number = :number;

-- name: carry!
update slip set answer_id = :answer_id where number = :number;

-- name: answered_idea$
select answer.idea_id from slip join answer on answer.id = slip.answer_id where slip.number = :number;
