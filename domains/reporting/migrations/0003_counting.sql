-- Figures are counted in these alone, office by office, without the rows themselves: what holds of concluded tasks, and of tasks as they fall due.
create index sampling_concluded on reporting.sampling_fact (office, concluded_on) include (state, conclusion, region, product, product_name,
  size, kind, selection, channel, scheme, regime, seriousness, producer_denied) where state = 'concluded';
create index sampling_due on reporting.sampling_fact (office, due_on) include (state, sampled_on, reported_on, called, region, product, product_name,
  size, kind, selection, channel, scheme, regime);
