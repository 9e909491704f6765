"""What the screens are made of.

The modules by floor; each imports only modules of the rows before its own:

    check_box  completion  inline_editor  kpi_columns  long_field  report_view  row_drawing
    chrome  fields  line_list  task_details
    card_form  editable_list  entry_list  overview  slider
    kpi_figures  kpi_grid  task_editing  task_pasting  task_rows
    checklist  kpi_table
    card_pane
    stage_pane
    pane_host
"""
