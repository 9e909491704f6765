SELECT stage, count(satisfaction) AS answers, sum(satisfaction) AS total
FROM seen
WHERE satisfaction IS NOT NULL
GROUP BY stage
ORDER BY stage
