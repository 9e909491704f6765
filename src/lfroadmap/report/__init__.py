"""The report of a roadmap in reading order; every output format renders the same nodes.

The modules by floor; each imports only modules of the rows before its own:

    anchors  card_text  formulas  node_index  theme  timeline
    history  nodes
    change_log  formatting  owners
    deadlines  import_preview  tables
    history_section
    report
    comparison_report
"""
