WITH people AS (
  SELECT customer, max(bought) AS ever_bought, sum(worth) AS all_worth,
    max(CASE WHEN flow = 1 THEN bought END) AS first_bought,
    max(CASE WHEN flow = 1 THEN worth END) AS first_worth,
    max(CASE WHEN flow = 1 AND state = 'active' THEN 1 ELSE 0 END) AS first_active,
    max(CASE WHEN state = 'active' THEN 1 ELSE 0 END) AS now_active
  FROM flows
  GROUP BY customer
)
SELECT count(*) AS customers,
  sum(first_bought) AS line_won, sum(ever_bought) AS liquid_won,
  sum(CASE WHEN first_bought = 0 THEN first_active ELSE 0 END) AS line_open,
  sum(CASE WHEN ever_bought = 0 THEN now_active ELSE 0 END) AS liquid_open,
  sum(first_worth) AS line_worth, sum(all_worth) AS liquid_worth
FROM people
