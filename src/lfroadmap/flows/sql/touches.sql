WITH counted AS (
  SELECT customer, moment, seq, kind, channel,
    coalesce(sum(CASE WHEN kind IN (:purchase) THEN 1 ELSE 0 END)
      OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS journey,
    min(CASE WHEN kind IN (:purchase) THEN moment END)
      OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS purchased,
    max(CASE WHEN kind IN (:purchase) THEN 1 ELSE 0 END)
      OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS buys,
    max(moment)
      OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_moment
  FROM seen
), near AS (
  SELECT customer, journey, moment, seq, channel, purchased,
    lag(channel) OVER (PARTITION BY customer, journey ORDER BY moment, seq) AS channel_before
  FROM counted
  WHERE channel IS NOT NULL
    AND (moment >= purchased - :look_back OR (buys = 0 AND moment >= last_moment - :look_back))
)
SELECT customer, journey, replace(channel, '>', '>>') AS touch, purchased,
  row_number() OVER (PARTITION BY customer, journey ORDER BY moment DESC, seq DESC) - 1 AS back
FROM near
WHERE channel_before IS NULL OR channel_before <> channel
