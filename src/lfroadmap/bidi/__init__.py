"""Right-to-left text in terminals: ordering, cursor movement, and terminals that reorder text themselves.

A library of its own: it imports nothing else of the program, and only `textual/` depends on Textual. Text
is stored and edited in logical order, as it is typed. `line` maps between characters and cells, `policy`
gives the base direction of a paragraph, `dialect` and `probe` encode lines for the terminal in use.

The modules by floor; each imports only modules of the rows before its own:

    clusters  marks  raw_keys  rules  terminals
    cutting  ltr_words  probe  tables
    explicit
    algorithm
    dialect  line  policy
    plain_lines  segments  switching
    printing  textual/
"""
