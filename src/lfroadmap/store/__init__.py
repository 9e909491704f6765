"""Where a roadmap lives: one file, one writer; knows nothing of screens.

The modules by floor; each imports only modules of the rows before its own:

    document/  folder/
    sqlite/
    history/  requests
    presence
    events  lifecycle/
    recovery/  replica
    library/  writer
    store
"""
