"""The screens, each with its style sheet beside it.

The modules by floor; each imports only modules of the rows before its own:

    base  history_search  timeline
    busy  changes  dialog  export  help  import_choices  listing  main  palette
    history  importing  late  moment  snapshots  trash
"""
