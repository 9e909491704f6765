SELECT stage, before_exit, before_purchase, objection, count(*) AS occurrences
FROM spoken
WHERE objection IS NOT NULL
GROUP BY stage, before_exit, before_purchase, objection
ORDER BY occurrences DESC, stage, before_exit, before_purchase, objection
