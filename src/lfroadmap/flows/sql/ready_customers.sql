SELECT known_name, last_moment, score, best
FROM engagement LEFT JOIN used_channels ON engagement.customer = used_channels.known_customer
WHERE score >= :ready_score
ORDER BY score DESC, customer
