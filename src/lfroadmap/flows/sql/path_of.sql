WITH ones AS (
  SELECT customer, journey, purchased, touch, back, mod(back, 10) AS digit, back - mod(back, 10) AS tens
  FROM touches
  WHERE back < 1000
), by_ten AS (
  SELECT customer, journey, purchased, tens, max(back) AS back_most,
    :joined_touches AS part
  FROM ones
  GROUP BY customer, journey, purchased, tens
), hundreds AS (
  SELECT customer, journey, purchased, part, back_most, mod(tens, 100) AS digit, tens - mod(tens, 100) AS hundred
  FROM by_ten
), by_hundred AS (
  SELECT customer, journey, purchased, hundred, max(back_most) AS furthest,
    :joined_parts AS long_part
  FROM hundreds
  GROUP BY customer, journey, purchased, hundred
)
SELECT customer, journey, purchased, max(furthest) + 1 AS steps,
  :joined_long_parts AS path
FROM by_hundred
GROUP BY customer, journey, purchased
