-- Idea cards photographed by the phones of their makers: which card was in hand, so that what no machine could read
-- is erased with it; and which phone it was, so that each has a budget. Wrong words of a stub are counted apart.

alter table stack add column slip text references slip (number);
alter table stack add column device text not null default '';
create index stack_slip on stack (slip, brought_at);
create index stack_device on stack (device, brought_at);

create table miss_new (
  id text primary key,
  at text not null,
  kind text not null check (kind in ('number', 'word', 'receipt', 'passphrase', 'stub')),
  subject text not null,
  device text not null
);
insert into miss_new (id, at, kind, subject, device) select id, at, kind, subject, device from miss;
drop table miss;
alter table miss_new rename to miss;
create index miss_kind on miss (kind, subject, at);
