"""The plan as values: no screen, no clock, and no files but the product's own templates.

The modules by floor; each imports only modules of the rows before its own:

    dates  json_source  linked_order  model  surrogates
    activity  json_pieces  json_text  progress  scope  snapshot_schema  templates  tree
    edit  health  json_history  node_table  schema  task_line
    edits  form_values  late_changes  structure  task_index
    difference  draft  shifts  snapshot_reader  table_rows  text_diff
    batch  comparison
    codec  table_import
"""
