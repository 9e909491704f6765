WITH ranked AS (
  SELECT next_started - ended AS away,
    row_number() OVER (ORDER BY next_started - ended) AS place,
    count(*) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS places
  FROM flows
  WHERE state = 'exit' AND next_started IS NOT NULL
)
SELECT sum(away) AS middle, count(*) AS middles
FROM ranked
WHERE 2 * place BETWEEN places AND places + 2
