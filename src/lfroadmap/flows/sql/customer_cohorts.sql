SELECT known_name, first_moment, purchases, worth, best
FROM buyers LEFT JOIN used_channels ON buyers.customer = used_channels.known_customer
ORDER BY first_moment, customer
