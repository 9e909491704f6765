"""The screens, each with its style sheet beside it.

The modules by floor; each imports only modules of the rows before its own:

    base  dialog_box  history_search  import_draft  timeline
    busy  changes  dialog  entering  help  import_choices  key_hints  palette
    field_shape  listing  naming  outside
    rebuilding
    main
    files  guide  guide_topic  history  late  moment  notes  owned  snapshots  trash
    choose_model  file_field
    export  importing
"""
