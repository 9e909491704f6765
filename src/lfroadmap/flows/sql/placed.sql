WITH stepped AS (
  SELECT customer, moment, seq, kind, channel, cost, :place AS place
  FROM seen
)
SELECT customer, moment, seq, kind, channel, cost, place,
  :next_moment AS next_moment
FROM stepped
WHERE place IS NOT NULL
