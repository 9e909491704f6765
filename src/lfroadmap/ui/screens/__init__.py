"""The screens, each with its style sheet beside it.

The modules by floor; each imports only modules of the rows before its own:

    base  history_search  timeline
    busy  changes  dialog  help  listing  main  palette
    files  history  late  moment  snapshots  trash
    file_field
    export  importing
"""
