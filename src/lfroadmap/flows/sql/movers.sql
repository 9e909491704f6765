WITH ordered AS (
  SELECT customer, place, moment, seq, next_moment,
    row_number() OVER (PARTITION BY customer, place ORDER BY moment, seq) AS turn
  FROM placed
), arrivals AS (
  SELECT customer, place, moment AS arrived, seq AS arrived_seq,
    CASE WHEN next_moment - moment <= :window THEN next_moment END AS reached
  FROM ordered
  WHERE turn = 1 AND place < :steps
), met AS (
  SELECT DISTINCT arrivals.customer, place, reached, kind, channel
  FROM arrivals JOIN seen ON arrivals.customer = seen.customer
  WHERE (moment > arrived OR (moment = arrived AND seq > arrived_seq))
    AND (moment < reached OR (reached IS NULL AND moment <= arrived + :window))
)
SELECT place, kind, channel, count(*) AS customers_with,
  sum(CASE WHEN reached IS NULL THEN 0 ELSE 1 END) AS reached_with
FROM met
GROUP BY place, kind, channel
ORDER BY place, customers_with DESC, kind, channel
