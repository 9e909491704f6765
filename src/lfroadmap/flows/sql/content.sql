WITH used AS (
  SELECT DISTINCT seen.customer, flow, content, comes_back, state
  FROM seen JOIN flows ON seen.customer = flows.customer AND moment BETWEEN started AND ended
  WHERE content IS NOT NULL
)
SELECT content, count(*) AS flows_with, sum(comes_back) AS returning_flows,
  sum(CASE WHEN state = 'exit' THEN 1 ELSE 0 END) AS lost_flows
FROM used
GROUP BY content
ORDER BY flows_with DESC, content
