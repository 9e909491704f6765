SELECT entry_kind, entry_channel, count(*) AS entries,
  sum(CASE WHEN flow = 1 THEN 1 ELSE 0 END) AS new_entries
FROM flows
GROUP BY entry_kind, entry_channel
ORDER BY entries DESC, entry_kind, entry_channel
