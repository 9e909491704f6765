SELECT entry_kind, entry_channel, count(*) AS returns
FROM flows
WHERE comes_back = 1
GROUP BY entry_kind, entry_channel
ORDER BY returns DESC, entry_kind, entry_channel
