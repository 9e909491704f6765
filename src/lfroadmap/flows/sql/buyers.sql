WITH bought AS (
  SELECT customer, moment, seq, value, row_number() OVER (PARTITION BY customer ORDER BY moment, seq) AS place
  FROM seen
  WHERE kind IN (:purchase)
), opening AS (
  SELECT customer, moment AS first_moment, seq AS first_seq, value AS first_value
  FROM bought
  WHERE place = 1
), marked AS (
  SELECT opening.customer, first_moment, first_value, kind, value,
    CASE WHEN moment > first_moment OR (moment = first_moment AND seq > first_seq) THEN 1 ELSE 0 END AS is_later
  FROM opening JOIN seen ON opening.customer = seen.customer
)
SELECT customer, first_moment, sum(value) AS worth,
  sum(CASE WHEN kind IN (:purchase) THEN 1 ELSE 0 END) AS purchases,
  max(CASE WHEN is_later = 1 AND (kind IN (:upsell) OR (kind IN (:purchase) AND value > first_value))
    THEN 1 ELSE 0 END) AS upsold,
  max(CASE WHEN is_later = 1 AND kind IN (:cross_sell) THEN 1 ELSE 0 END) AS cross_sold
FROM marked
GROUP BY customer, first_moment
