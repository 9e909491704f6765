"""What was measured of the company's events, as nodes of the report and as tables; nothing is measured here.

The modules by floor; each imports only modules of the rows before its own:

    figures
    list_nodes  parameters  turned
    channels  charts  headline  moved  movers
    figure_tables  flows_report  list_table
"""
