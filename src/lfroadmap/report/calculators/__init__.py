"""Reports of the calculators: funnel, pipeline and unit economics.

The modules by floor; each imports only modules of the rows before its own:

    columns  figures
    funnel_report  pipeline_report  unit_report
    card_report  deal_import_report
    calculator_table
"""
