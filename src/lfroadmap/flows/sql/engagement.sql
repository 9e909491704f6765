WITH bought AS (
  SELECT customer, moment, seq, row_number() OVER (PARTITION BY customer ORDER BY moment DESC, seq DESC) AS place
  FROM seen
  WHERE kind IN (:purchase)
), latest AS (
  SELECT customer, moment AS bought_at, seq AS bought_seq
  FROM bought
  WHERE place = 1
), weighed AS (
  SELECT seen.customer, moment, :weight AS points,
    CASE WHEN moment >= :as_of - :gap THEN 1 ELSE 0 END AS is_recent,
    CASE WHEN bought_at IS NULL OR moment > bought_at OR (moment = bought_at AND seq > bought_seq) THEN 1 ELSE 0 END
      AS is_unbought
  FROM seen LEFT JOIN latest ON seen.customer = latest.customer
)
SELECT customer, min(moment) AS first_moment, max(moment) AS last_moment,
  sum(CASE WHEN is_recent = 1 THEN points ELSE 0 END) AS recent,
  sum(CASE WHEN is_recent = 0 THEN points ELSE 0 END) AS earlier,
  sum(CASE WHEN is_recent = 1 AND is_unbought = 1 THEN points ELSE 0 END) AS score
FROM weighed
GROUP BY customer
