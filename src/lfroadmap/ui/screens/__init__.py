"""The screens, each with its style sheet beside it.

The modules by floor; each imports only modules of the rows before its own:

    base  dialog_box  history_search  import_draft  roadmap_cells  timeline
    busy  changes  dialog  entering  help  import_choices  key_hints  palette  portfolio_lines
    field_shape  listing  naming  outside
    rebuilding
    main
    files  history  late  library  moment  notes  owned  portfolio  roadmap_name  snapshots  trash
    file_field  roadmap_trash
    export  importing  new_from_file
"""
