WITH trends AS (
  SELECT score,
    CASE WHEN last_moment < :as_of - :gap THEN 'away'
      WHEN first_moment >= :as_of - :gap THEN 'new'
      WHEN 4e0 * recent * (:as_of - :gap - first_moment) > 5e0 * earlier * :gap THEN 'rising'
      WHEN 4e0 * recent * (:as_of - :gap - first_moment) < 3e0 * earlier * :gap THEN 'falling'
      ELSE 'steady' END AS trend
  FROM engagement
)
SELECT trend, count(*) AS customers, sum(CASE WHEN score >= :ready_score THEN 1 ELSE 0 END) AS ready
FROM trends
GROUP BY trend
ORDER BY trend
