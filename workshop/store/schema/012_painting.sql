-- A picture over which names and faces were painted is a new picture; the one before stays, covered, until it is erased
-- for good. covered_at: since when it is seen nowhere; null for what is shown.
alter table picture add column covered_at text;
