"""The widgets of the screens.

The modules by floor; each imports only modules of the rows before its own:

    board_source  cell_columns  check_box  children  completion  editor  examples  hollow  inline_editor
    removal
    calculator_columns  kpi_columns  row_drawing  structure_wanted  task_pasting
    link_marks  task_details  text_area  text_columns  tones
    chooser  long_field  node_drawing  note_area  report_view  tour_line
    calculator_results  fields
    card_form  chrome  letter_guard  panel  panel_drawing  tab_bar
    flows_page  flows_status  line_rows  placed_panels  timeline_page
    card_notes  kpi_figures  line_list  panel_page  pointed_page  slider  timeline_keys
    dashboard  editable_list  entry_list  filter_chips  flows_view  found_list  start_here  timeline_view
    result_list
    cell_rows  clicked_list  flows_pane  note_list  overview  stage_panels  task_editing  task_rows
    timeline_pane
    cell_grid  checklist
    cell_editing
    cell_table
    calculator_table  kpi_grid
    calculator_pane  kpi_table
    card_pane  open_edit
    stage_pane
    pane_host
"""
