"""The widgets of the screens.

The modules by floor; each imports only modules of the rows before its own:

    board_source  check_box  children  completion  editor  examples  hollow  inline_editor  kpi_columns
    removal  row_drawing  structure_wanted  task_pasting
    task_details  text_area  tones
    chooser  long_field  note_area  report_view
    fields
    card_form  chrome  letter_guard  panel  panel_drawing  tab_bar
    line_rows  placed_panels
    card_notes  kpi_figures  line_list  panel_page  slider
    dashboard  editable_list  entry_list  found_list  start_here
    clicked_list  kpi_grid  note_list  overview  stage_panels  task_editing  task_rows
    checklist  kpi_table
    card_pane  open_edit
    stage_pane
    pane_host
"""
