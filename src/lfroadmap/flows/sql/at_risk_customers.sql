SELECT known_name, last_moment, tenfold, best
FROM risky LEFT JOIN used_channels ON risky.customer = used_channels.known_customer
ORDER BY customer
