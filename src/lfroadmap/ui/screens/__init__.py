"""The screens, each with its style sheet beside it.

The modules by floor; each imports only modules of the rows before its own:

    base  dialog_box  history_search  import_draft  import_target  roadmap_cells  search_run  timeline
    busy  changes  dialog  entering  help  import_choices  key_hints  palette  placed_lines  press_key
    report_dialog  template_preview
    field_shape  following  listing  naming  outside  portfolio_lines
    keys  people_lines  portfolio_listing  rebuilding  search  settings  team
    touring
    due  main  people
    files  guide  guide_topic  history  late  library  moment  notes  owned  portfolio  snapshots  trash
    choose_model  file_field  roadmap_name  roadmap_trash  save_template
    team_address
    export  importing  measure_source  new_from_file
"""
