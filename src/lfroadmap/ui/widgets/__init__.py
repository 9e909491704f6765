"""The widgets of the screens.

The modules by floor; each imports only modules of the rows before its own:

<<<<<<< HEAD
    check_box  completion  inline_editor  kpi_columns  long_field  report_view  row_drawing  task_pasting
    fields  task_details  tones
    card_form  chrome  letter_guard  panel  panel_drawing
    kpi_figures  line_list  panel_page  slider
    dashboard  editable_list  entry_list
    kpi_grid  overview  task_editing  task_rows
=======
    check_box  completion  inline_editor  kpi_columns  long_field  row_drawing  task_pasting
    kpi_figures  task_details  tones
    fields  report_view
    card_form  chrome  letter_guard  panel  tab_bar
    line_list  slider
    editable_list  entry_list  overview
    kpi_grid  task_editing  task_rows
>>>>>>> look
    checklist  kpi_table
    card_pane
    stage_pane
    pane_host
"""
