WITH marked AS (
  SELECT customer, moment, stage, sentiment, objection, readiness,
    min(CASE WHEN kind IN (:purchase) THEN moment END)
      OVER (PARTITION BY customer ORDER BY moment, seq ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS purchased
  FROM seen
  WHERE kind IN (:purchase) OR sentiment IS NOT NULL OR objection IS NOT NULL OR readiness IS NOT NULL
)
SELECT marked.customer, stage, sentiment, objection, readiness,
  CASE WHEN state = 'exit' THEN 1 ELSE 0 END AS before_exit,
  CASE WHEN moment >= purchased - :look_back THEN 1 ELSE 0 END AS before_purchase
FROM marked JOIN flows ON marked.customer = flows.customer AND moment BETWEEN started AND ended
WHERE sentiment IS NOT NULL OR objection IS NOT NULL OR readiness IS NOT NULL
