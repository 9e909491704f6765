"""Charts as lines of marks, in reading order: for terminals, drawn alike by Rich and by the widgets.

The modules by floor; each imports only modules of the rows before its own:

    marks
    bar  columns  lanes  spark
    wires
    day_axis
"""
