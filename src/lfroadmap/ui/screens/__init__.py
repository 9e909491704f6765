"""The screens, each with its style sheet beside it.

The modules by floor; each imports only modules of the rows before its own:

    base  history_search  timeline
    busy  changes  dialog  export  help  importing  key_hints  palette
    listing  outside
    main
    history  late  moment  snapshots  trash
"""
