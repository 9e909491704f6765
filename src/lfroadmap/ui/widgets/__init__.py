"""The widgets of the screens.

The modules by floor; each imports only modules of the rows before its own:

    check_box  inline_editor  kpi_columns  long_field  report_view  row_drawing
    fields  tones
    card_form  chrome  line_list
    editable_list  entry_list  overview  slider
    checklist  kpi_grid
    card_pane  kpi_table
    stage_pane
    pane_host
"""
