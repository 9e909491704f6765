WITH ranked AS (
  SELECT customer, min(:channel_rank) AS best
  FROM seen
  GROUP BY customer
)
SELECT customer AS known_customer, :customer_name AS known_name, best
FROM ranked:customer_names
