SELECT count(*) AS occurrences, sum(cost) AS spent, sum(:weight) AS points,
  min(moment) AS first_moment, max(moment) AS last_moment
FROM seen
