WITH ranked AS (
  SELECT customer, channel, row_number() OVER (PARTITION BY customer ORDER BY moment, seq) AS place
  FROM events
  WHERE moment <= :as_of
)
SELECT customer AS chosen_customer
FROM ranked
WHERE place = 1 AND channel = :channel
