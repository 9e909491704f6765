SELECT count(*) AS buyers, sum(worth) AS total, sum(upsold) AS upsold_buyers, sum(cross_sold) AS cross_sold_buyers
FROM buyers
