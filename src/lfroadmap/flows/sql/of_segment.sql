WITH ranked AS (
  SELECT customer, segment, row_number() OVER (PARTITION BY customer ORDER BY moment DESC, seq DESC) AS place
  FROM events
  WHERE moment <= :as_of AND segment IS NOT NULL
)
SELECT customer AS chosen_customer
FROM ranked
WHERE place = 1 AND segment = :segment
