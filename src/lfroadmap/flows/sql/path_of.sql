WITH ones AS (
  SELECT customer, journey, purchased, touch, back, mod(back, 10) AS digit, back - mod(back, 10) AS tens
  FROM touches
  WHERE back < 1000
), by_ten AS (
  SELECT customer, journey, purchased, tens, max(back) AS back_most,
    coalesce(max(CASE WHEN digit = 9 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 8 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 7 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 6 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 5 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 4 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 3 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 2 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 1 THEN touch END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 0 THEN touch END), '') AS part
  FROM ones
  GROUP BY customer, journey, purchased, tens
), hundreds AS (
  SELECT customer, journey, purchased, part, back_most, mod(tens, 100) AS digit, tens - mod(tens, 100) AS hundred
  FROM by_ten
), by_hundred AS (
  SELECT customer, journey, purchased, hundred, max(back_most) AS furthest,
    coalesce(max(CASE WHEN digit = 90 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 80 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 70 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 60 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 50 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 40 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 30 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 20 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 10 THEN part END) || ' > ', '')
      || coalesce(max(CASE WHEN digit = 0 THEN part END), '') AS long_part
  FROM hundreds
  GROUP BY customer, journey, purchased, hundred
)
SELECT customer, journey, purchased, max(furthest) + 1 AS steps,
  coalesce(max(CASE WHEN hundred = 900 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 800 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 700 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 600 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 500 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 400 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 300 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 200 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 100 THEN long_part END) || ' > ', '')
    || coalesce(max(CASE WHEN hundred = 0 THEN long_part END), '') AS path
FROM by_hundred
GROUP BY customer, journey, purchased
