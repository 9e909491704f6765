"""The widgets of the screens.

The modules by floor; each imports only modules of the rows before its own:

    check_box  completion  inline_editor  kpi_columns  long_field  row_drawing  task_pasting
    kpi_figures  task_details  tones
    fields  report_view
    card_form  chrome  letter_guard  panel  tab_bar
    line_list  slider
    editable_list  entry_list  overview
    kpi_grid  task_editing  task_rows
    checklist  kpi_table
    card_pane
    stage_pane
    pane_host
"""
