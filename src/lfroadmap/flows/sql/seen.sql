SELECT customer, moment, seq, kind, channel, stage, value, cost, content, sentiment, objection, readiness,
  satisfaction, segment
FROM events
WHERE moment <= :as_of
