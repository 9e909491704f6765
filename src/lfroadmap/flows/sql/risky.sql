WITH latest AS (
  SELECT customer, max(moment) AS last_moment
  FROM seen
  GROUP BY customer
  HAVING max(moment) >= :as_of - :gap
), spaced AS (
  SELECT seen.customer, last_moment,
    moment - lag(moment) OVER (PARTITION BY seen.customer ORDER BY moment, seq) AS pause
  FROM seen JOIN latest ON seen.customer = latest.customer
), ranked AS (
  SELECT customer, last_moment, pause,
    10 * row_number() OVER (PARTITION BY customer ORDER BY pause) AS upper,
    9 * (count(*) OVER (PARTITION BY customer) - 1) AS rank_tenths
  FROM spaced
  WHERE pause IS NOT NULL
), usual AS (
  SELECT customer, last_moment,
    sum(pause * CASE WHEN rank_tenths >= upper - 10 THEN upper - rank_tenths ELSE rank_tenths - upper + 20 END) AS tenfold
  FROM ranked
  WHERE rank_tenths >= 18 AND rank_tenths BETWEEN upper - 20 AND upper - 1
  GROUP BY customer, last_moment
)
SELECT customer, last_moment, tenfold
FROM usual
WHERE 10 * (:as_of - last_moment) > tenfold
