"""Right to left on a terminal: order, movement and what each terminal wants; knows nothing of roadmaps.

Text is stored and edited in logical order, as it is typed. `line` finds the cell of a character and the
character of a cell, `policy` which way a paragraph reads, `dialect` and `probe` what a terminal is sent.
"""
