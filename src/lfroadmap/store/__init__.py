"""Persistence of a roadmap: one file, one writer, no user interface.

The modules by floor; each imports only modules of the rows before its own:

    document/  folder/  identity
    sqlite/  waiting_updates
    history/  requests
    presence  undo_conflicts
    events  lifecycle/
    bulk_marks  own_changes  peer_changes  peer_updates
    change_sources  merging  recovery/
    replica
    library/  measuring  transactions
    writer
    store
"""
