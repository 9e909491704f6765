"""The widgets of the screens.

The modules by floor; each imports only modules of the rows before its own:

    board_source  check_box  children  completion  editor  examples  inline_editor  kpi_columns  removal
    row_drawing  structure_wanted  task_pasting
    long_field  task_details  tones
    chooser  report_view
    fields
    card_form  chrome  letter_guard  panel  panel_drawing  tab_bar
    line_rows  placed_panels
    kpi_figures  line_list  panel_page  slider
    dashboard  editable_list  entry_list  found_list  start_here
    kpi_grid  overview  stage_panels  task_editing  task_rows
    checklist  kpi_table
    card_pane
    stage_pane
    pane_host
"""
