SELECT customer AS known_customer, min(:channel_rank) AS best
FROM seen
GROUP BY customer
