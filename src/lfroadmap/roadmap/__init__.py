"""The plan as values: no screen, no clock, and no files but the product's own templates.

The modules by floor; each imports only modules of the rows before its own:

    dates  json_source  linked_order  model  surrogates
    json_pieces  json_text  progress  scope  snapshot_schema  templates  tree
    comparison  edit  json_history  node_table  schema
    edits  form_values  structure
    difference  draft  snapshot_reader  table_rows  text_diff
    batch
    codec  table_import
"""
