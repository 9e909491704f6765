SELECT count(*) AS buyers, sum(purchases) AS bought, sum(worth) AS total,
  sum(CASE WHEN purchases > 1 THEN 1 ELSE 0 END) AS repeated,
  sum(upsold) AS upsold_buyers, sum(cross_sold) AS cross_sold_buyers
FROM buyers
