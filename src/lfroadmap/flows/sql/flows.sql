WITH spaced AS (
  SELECT customer, moment, seq, kind, channel, stage,
    lag(moment) OVER (PARTITION BY customer ORDER BY moment, seq) AS earlier,
    lead(moment) OVER (PARTITION BY customer ORDER BY moment, seq) AS later,
    sum(CASE WHEN kind IN (:purchase) THEN 1 ELSE 0 END)
      OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS bought_so_far
  FROM seen
), marked AS (
  SELECT customer, moment, seq, kind, channel, stage, bought_so_far,
    CASE WHEN moment - earlier <= :gap THEN 0 ELSE 1 END AS opens,
    CASE WHEN later - moment <= :gap THEN 0 ELSE 1 END AS closes,
    bought_so_far - CASE WHEN kind IN (:purchase) THEN 1 ELSE 0 END AS bought_before
  FROM spaced
), ends AS (
  SELECT customer, moment, kind, channel, stage, opens, closes, bought_before,
    sum(opens) OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS flow,
    lead(moment) OVER (PARTITION BY customer ORDER BY moment, seq) AS moment_1,
    lead(moment, 2) OVER (PARTITION BY customer ORDER BY moment, seq) AS moment_2,
    lead(kind) OVER (PARTITION BY customer ORDER BY moment, seq) AS kind_1,
    lead(channel) OVER (PARTITION BY customer ORDER BY moment, seq) AS channel_1,
    lead(stage) OVER (PARTITION BY customer ORDER BY moment, seq) AS stage_1,
    lead(bought_so_far) OVER (PARTITION BY customer ORDER BY moment, seq) AS bought_1,
    bought_so_far,
    CASE WHEN lag(opens) OVER (PARTITION BY customer ORDER BY moment, seq) = 1
      THEN lag(bought_before) OVER (PARTITION BY customer ORDER BY moment, seq)
      ELSE lag(bought_before, 2) OVER (PARTITION BY customer ORDER BY moment, seq) END AS bought_earlier
  FROM marked
  WHERE opens = 1 OR closes = 1
), paired AS (
  SELECT customer, flow, moment AS started, kind AS entry_kind, channel AS entry_channel, stage AS entry_stage,
    CASE WHEN closes = 1 THEN moment ELSE moment_1 END AS ended,
    CASE WHEN closes = 1 THEN kind ELSE kind_1 END AS exit_kind,
    CASE WHEN closes = 1 THEN channel ELSE channel_1 END AS exit_channel,
    CASE WHEN closes = 1 THEN stage ELSE stage_1 END AS exit_stage,
    CASE WHEN closes = 1 THEN moment_1 ELSE moment_2 END AS next_started,
    CASE WHEN CASE WHEN closes = 1 THEN bought_so_far ELSE bought_1 END > bought_before THEN 1 ELSE 0 END AS bought,
    CASE WHEN flow > 1 AND bought_earlier = bought_before THEN 1 ELSE 0 END AS comes_back
  FROM ends
  WHERE opens = 1
)
SELECT customer, flow, started, ended, bought, entry_kind, entry_channel, entry_stage,
  exit_kind, exit_channel, exit_stage, next_started, comes_back,
  CASE WHEN ended >= :as_of - :gap THEN 'active' WHEN bought = 1 THEN 'won' ELSE 'exit' END AS state
FROM paired
