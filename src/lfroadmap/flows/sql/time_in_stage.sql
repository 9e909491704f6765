WITH staged AS (
  SELECT customer, moment, seq, stage, lag(stage) OVER (PARTITION BY customer ORDER BY moment, seq) AS stage_before
  FROM seen
  WHERE stage IS NOT NULL
), arrivals AS (
  SELECT customer, stage, moment, lead(moment) OVER (PARTITION BY customer ORDER BY moment, seq) AS left_at
  FROM staged
  WHERE stage_before IS NULL OR stage_before <> stage
), stays AS (
  SELECT stage, left_at - moment AS stay, CASE WHEN left_at IS NULL THEN 1 ELSE 0 END AS is_open
  FROM arrivals
), ranked AS (
  SELECT stage, stay, is_open,
    row_number() OVER (PARTITION BY stage, is_open ORDER BY stay) AS place,
    count(*) OVER (PARTITION BY stage, is_open) AS places
  FROM stays
)
SELECT stage, sum(1 - is_open) AS ended_stays, sum(is_open) AS open_stays, sum(stay) AS total,
  sum(CASE WHEN is_open = 0 AND 2 * place BETWEEN places AND places + 2 THEN stay END) AS middle,
  sum(CASE WHEN is_open = 0 AND 2 * place BETWEEN places AND places + 2 THEN 1 ELSE 0 END) AS middles
FROM ranked
GROUP BY stage
ORDER BY stage
