"""The change log: queries, time travel, undo.

The modules by floor; each imports only modules of the rows before its own:

    change_entries  change_rows  coalescing  undo  undo_chain
    queries  remote_changes  time_travel
    earlier  kpi_values  slipped_days
    activity
"""
