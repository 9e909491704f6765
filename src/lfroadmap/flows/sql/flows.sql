WITH spaced AS (
  SELECT customer, moment, seq, kind, channel, stage, value,
    lag(moment) OVER (PARTITION BY customer ORDER BY moment, seq) AS earlier,
    lead(moment) OVER (PARTITION BY customer ORDER BY moment, seq) AS later
  FROM seen
), numbered AS (
  SELECT customer, moment, kind, channel, stage, value,
    CASE WHEN moment - earlier <= :gap THEN 0 ELSE 1 END AS opens,
    CASE WHEN later - moment <= :gap THEN 0 ELSE 1 END AS closes,
    sum(CASE WHEN moment - earlier <= :gap THEN 0 ELSE 1 END)
      OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS flow
  FROM spaced
), grouped AS (
  SELECT customer, flow, min(moment) AS started, max(moment) AS ended, count(*) AS touches, sum(value) AS worth,
    max(CASE WHEN kind IN (:purchase) THEN 1 ELSE 0 END) AS bought,
    max(CASE WHEN opens = 1 THEN kind END) AS entry_kind,
    max(CASE WHEN opens = 1 THEN channel END) AS entry_channel,
    max(CASE WHEN opens = 1 THEN stage END) AS entry_stage,
    max(CASE WHEN closes = 1 THEN kind END) AS exit_kind,
    max(CASE WHEN closes = 1 THEN channel END) AS exit_channel,
    max(CASE WHEN closes = 1 THEN stage END) AS exit_stage
  FROM numbered
  GROUP BY customer, flow
)
SELECT customer, flow, started, ended, touches, worth, bought, entry_kind, entry_channel, entry_stage,
  exit_kind, exit_channel, exit_stage,
  CASE WHEN ended >= :as_of - :gap THEN 'active' WHEN bought = 1 THEN 'won' ELSE 'exit' END AS state,
  lead(started) OVER (PARTITION BY customer ORDER BY flow) AS next_started,
  CASE WHEN lag(bought) OVER (PARTITION BY customer ORDER BY flow) = 0 THEN 1 ELSE 0 END AS comes_back
FROM grouped
