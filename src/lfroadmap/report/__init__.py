"""The report of a roadmap in reading order; every output format renders the same nodes.

The modules by floor; each imports only modules of the rows before its own:

    anchors  card_text  formulas  node_index  palette
    charts/  formatting  theme
    drawing  history  tables
    sparkline  timeline
    burn_up  deadlines  kpi_chart
    nodes  over_time
    change_log  import_preview  values
    burn_up_grid  comparison_report  history_section  kpi_grid  owners
    portfolio_report  report
"""
