WITH bought AS (
  SELECT customer, count(*) AS times
  FROM seen
  WHERE kind IN (:purchase)
  GROUP BY customer
)
SELECT count(*) AS buyers, sum(times) AS bought, sum(CASE WHEN times > 1 THEN 1 ELSE 0 END) AS repeated
FROM bought
