"""The screens: the only room besides `bidi` that knows Textual.

The modules by floor; each imports only modules of the rows before its own:

    key_layouts  loading  timeline_state  tour
    change_sources  commands  flows/  garbage  glyphs  kept_rules  paths  quick_lookups
    start_here
    terminal/  theme_choice  work
    context
    command_keys  command_places  dashboard/  search_index  session
    author_watch  timeline/
    settings_warnings  shell  widgets/
    copying  key_sequences  team_watch  team_words
    readings  screens/
    actions/  day_watch  dialogs  own_settings
    listening  themes  window
    app
"""
