SELECT count(*) AS occurrences, sum(cost) AS spent, sum(:weight) AS points
FROM seen
