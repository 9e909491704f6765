"""The Timeline tab without Textual: its rows, and how they are drawn in a part of the time.

The modules by floor; each imports only modules of the rows before its own:

    rows
    links  window
    drawing
"""
