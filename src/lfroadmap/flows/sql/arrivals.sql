WITH ordered AS (
  SELECT customer, place, moment, next_moment,
    row_number() OVER (PARTITION BY customer, place ORDER BY moment, seq) AS turn
  FROM placed
)
SELECT place, count(*) AS customers,
  sum(CASE WHEN next_moment - moment <= :window THEN 1 ELSE 0 END) AS reached
FROM ordered
WHERE turn = 1
GROUP BY place
ORDER BY place
