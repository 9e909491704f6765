SELECT count(*) AS flows,
  sum(CASE WHEN flow = 1 THEN 1 ELSE 0 END) AS customers,
  sum(CASE WHEN flow = 1 THEN 0 ELSE 1 END) AS reentries,
  sum(CASE WHEN state = 'active' THEN 1 ELSE 0 END) AS active,
  sum(CASE WHEN state = 'won' THEN 1 ELSE 0 END) AS won,
  sum(CASE WHEN state = 'active' THEN 0 ELSE 1 END) AS decided,
  sum(CASE WHEN state = 'exit' THEN 1 ELSE 0 END) AS exits,
  sum(CASE WHEN state = 'exit' AND next_started IS NOT NULL THEN 1 ELSE 0 END) AS returns,
  count(DISTINCT CASE WHEN state = 'exit' THEN customer END) AS customers_with_exit,
  count(DISTINCT CASE WHEN state = 'exit' AND next_started IS NOT NULL THEN customer END) AS customers_with_return,
  sum(CASE WHEN state = 'exit' AND next_started IS NOT NULL THEN next_started - ended END) AS time_away,
  sum(CASE WHEN :entry_place = 1 THEN 0 ELSE 1 END) AS beyond_first
FROM flows
