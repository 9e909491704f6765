SELECT channel, count(DISTINCT CASE WHEN next_moment - moment <= :window THEN customer END) AS reached
FROM placed
WHERE channel IS NOT NULL
GROUP BY channel
ORDER BY channel
