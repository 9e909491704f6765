WITH bought AS (
  SELECT customer, value, row_number() OVER (PARTITION BY customer ORDER BY moment, seq) - 1 AS journey
  FROM seen
  WHERE kind IN (:purchase)
)
SELECT path, sum(CASE WHEN bought.customer IS NULL THEN 0 ELSE 1 END) AS conversions,
  sum(CASE WHEN bought.customer IS NULL THEN 1 ELSE 0 END) AS non_conversions, sum(value) AS worth
FROM path_of FULL OUTER JOIN bought ON path_of.customer = bought.customer AND path_of.journey = bought.journey
GROUP BY path
