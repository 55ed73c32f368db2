-- name: ideas
-- What came in by side and channel: in all, with an answer, and with an answer that it is made or tried.
select perspective, case when channel = 'paper' then 'paper' else 'phone' end as channel, count(*) as ideas,
       sum(case when kind is null then 0 else 1 end) as decided,
       sum(case when kind in ('make', 'try') and about_id is null then 1 else 0 end) as chosen
from (
  select idea.perspective, idea.channel, idea.about_id,
         (select decision.kind from answer join decision on decision.id = answer.decision_id
          where answer.idea_id = idea.id and answer.retracted_at is null
          order by answer.published_at desc, answer.id desc limit 1) as kind
  from idea
  where idea.workshop_id = :workshop_id and idea.channel <> 'joined' and idea.withdrawn_at is null
    and idea.erased_at is null
) as told
group by perspective, case when channel = 'paper' then 'paper' else 'phone' end
order by perspective, channel;

-- name: given
-- What people stand behind, as far as it counts: “Dat herken ik”, and dots of rounds whose result is shown.
select support.voter, support.perspective, support.channel, support.count, coalesce(round.dots, 1) as dots
from support left join round on round.id = support.round_id
where support.workshop_id = :workshop_id and support.count > 0 and (support.round_id = '' or round.shown_at is not null)
order by support.id;
