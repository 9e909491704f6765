"""The Flows tab without Textual: what it shows beside the kept figures, and how its parts are placed.

The modules by floor; each imports only modules of the rows before its own:

    placing  state
    figures
    parts
"""
