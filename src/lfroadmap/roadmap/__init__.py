"""The plan as values: no screen, no clock, and no files but the product's own templates.

The modules by floor; each imports only modules of the rows before its own:

    import_words  json_source  linked_order  links  model  spoken_days  surrogates
    dates  field_kinds  target_period
    activity  foreign_days  json_pieces  json_text  progress  scope  schema_descriptions
    snapshot_schema  templates  tree
    calculators/  duplicate  edit  flow_figures  health  json_history  kpi_readings  named_nodes  node_table
    outline
    schema
    calculator_changes  task_line
    edits  form_values  kpi_sources  kpi_turns  late_changes  note_changes  notes  owner_shares  structure
    task_index  whole_days
    difference  draft  measurements  portfolio  shifts  snapshot_reader  table_rows  text_diff
    batch  measure_changes  measured_edits  measured_values  table_file
    value_changes
    comparison
    own_templates/
    codec  deal_import  import_index
    import_notes
    import_cards  import_kpis  import_tasks
    table_import
    copy_import
"""
