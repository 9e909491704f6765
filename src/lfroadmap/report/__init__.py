"""The report of a roadmap in reading order; every output format renders the same nodes.

The modules by floor; each imports only modules of the rows before its own:

    anchors  field_columns  formulas  measure_names  node_index  note_lines  palette
    card_text  charts/  edit_kinds  formatting  repeat_text  theme
    dated_value  measured_source  relation_texts
    value_source
    drawing  history  tables
    bars  owner_table  sparkline  timeline
    burn_up  deadlines  kpi_chart
    nodes  over_time
    change_log  deadlines_report  extent  first_screen  import_preview  note_section  plain_text
    relations
    roadmap_charts  values
    field_values
    comparison_summary  reading_changes  template_changes
    analysis  burn_up_grid  calculators/  day_grid  first_fills  owners  since  way_value
    figure_text  flows/  history_section  kpi_grid  portfolio_report
    cell_changes  relation_grid
    comparison_report  measured
    report
"""
