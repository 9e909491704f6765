WITH ended_flows AS (
  SELECT :as_of - ended AS age, next_started - ended AS away
  FROM flows
  WHERE state = 'exit'
)
SELECT :curve
FROM ended_flows
