WITH dated AS (
  SELECT first_moment + 62135596800000 - mod(first_moment + 62135596800000, 86400000) AS first_day, purchases, worth
  FROM buyers
)
SELECT first_day, count(*) AS buyers, sum(purchases) AS bought, sum(worth) AS total,
  sum(CASE WHEN purchases > 1 THEN 1 ELSE 0 END) AS repeated
FROM dated
GROUP BY first_day
ORDER BY first_day
