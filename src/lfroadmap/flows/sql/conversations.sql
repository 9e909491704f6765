SELECT stage, before_exit, before_purchase, count(*) AS conversations,
  count(sentiment) AS rated, sum(sentiment) AS sentiments, count(readiness) AS readied, sum(readiness) AS readinesses
FROM spoken
GROUP BY stage, before_exit, before_purchase
ORDER BY stage, before_exit, before_purchase
