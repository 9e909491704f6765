SELECT kind, channel, count(*) AS occurrences, sum(cost) AS spent
FROM seen
GROUP BY kind, channel
ORDER BY occurrences DESC, kind, channel
