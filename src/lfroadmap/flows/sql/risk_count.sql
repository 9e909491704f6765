SELECT count(*) AS at_risk
FROM risky
