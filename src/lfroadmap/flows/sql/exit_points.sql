SELECT exit_kind, exit_channel, exit_stage, count(*) AS exits,
  sum(CASE WHEN next_started IS NULL THEN 0 ELSE 1 END) AS returned
FROM flows
WHERE state = 'exit'
GROUP BY exit_kind, exit_channel, exit_stage
ORDER BY exits DESC, exit_kind, exit_channel, exit_stage
