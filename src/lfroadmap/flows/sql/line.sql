WITH people AS (
  SELECT customer, max(bought) AS ever_bought,
    max(CASE WHEN flow = 1 THEN bought END) AS first_bought,
    max(CASE WHEN flow = 1 THEN ended END) AS first_ended,
    max(CASE WHEN flow = 1 AND state = 'active' THEN 1 ELSE 0 END) AS first_active,
    max(CASE WHEN state = 'active' THEN 1 ELSE 0 END) AS now_active
  FROM flows
  GROUP BY customer
), worths AS (
  SELECT sum(value) AS liquid_worth, sum(CASE WHEN moment <= first_ended THEN value END) AS line_worth
  FROM seen JOIN people ON seen.customer = people.customer
  WHERE value IS NOT NULL
), counts AS (
  SELECT count(*) AS customers,
    sum(first_bought) AS line_won, sum(ever_bought) AS liquid_won,
    sum(CASE WHEN first_bought = 0 THEN first_active ELSE 0 END) AS line_open,
    sum(CASE WHEN ever_bought = 0 THEN now_active ELSE 0 END) AS liquid_open
  FROM people
)
SELECT customers, line_won, liquid_won, line_open, liquid_open, line_worth, liquid_worth
FROM counts CROSS JOIN worths
