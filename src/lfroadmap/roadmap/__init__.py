"""The plan as values: no screen, no clock, and no files but the product's own templates.

The modules by floor; each imports only modules of the rows before its own:

    circles  import_words  json_source  linked_order  links  matching  model  same_people  spoken_days
    surrogates  weeks
    dates  field_kinds  target_period
    activity  foreign_days  json_pieces  json_text  progress  schema_descriptions  scope
    repeats  snapshot_schema  templates  tree
    calculators/  dependencies  duplicate  edit  flow_figures  health  json_history  kpi_readings
    node_ids
    relation_names
    named_nodes  node_table  outline  search_entries
    schema  search_blocks  task_filter
    calculator_changes  search_query  task_line
    edits  form_values  kpi_sources  kpi_turns  late_changes  note_changes  notes  owner_part
    owner_shares  structure
    task_index  whole_days
    difference  draft  measurements  portfolio  shifts  snapshot_reader  table_rows  text_diff
    batch  due  measure_changes  measured_edits  measured_values  people  table_file
    edit_kinds  person_rename  schedule  ticking  value_changes
    relation_changes  schedule_edits
    comparison
    own_templates/
    codec  deal_import  import_index
    import_notes  import_relations
    import_cards  import_kpis  import_tasks
    table_import
    copy_import
"""
