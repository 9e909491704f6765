SELECT place, count(*) AS occurrences, sum(cost) AS spent,
  count(DISTINCT customer) AS customers,
  count(DISTINCT CASE WHEN next_moment - moment <= :window THEN customer END) AS reached
FROM placed
GROUP BY place
ORDER BY place
