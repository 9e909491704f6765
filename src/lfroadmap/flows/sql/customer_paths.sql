SELECT known_name, journey, path, purchased, best
FROM path_of LEFT JOIN used_channels ON path_of.customer = used_channels.known_customer
ORDER BY customer, journey
