"""The screens, each with its style sheet beside it.

The modules by floor; each imports only modules of the rows before its own:

    base  dialog_box  history_search  theme_palette  timeline
    busy  changes  dialog  export  help  importing  listing  main  palette
    history  late  moment  owned  snapshots  trash
"""
