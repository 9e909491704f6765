"""The dashboard without Textual: panels as functions of a board, a width and a height, and where they stand.

The modules by floor; each imports only modules of the rows before its own:

    cells
    board
    panel
    agenda  kpis  lately  people  plan  stand  timeline  weeks  window
    layout
"""
