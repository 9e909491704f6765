"""The screens: the only room besides `bidi` that knows Textual.

The modules by floor; each imports only modules of the rows before its own:

    change_sources  commands  flows/  garbage  glyphs  kept_rules  paths  search  start_here
    terminal/  theme_choice  work
    context
    command_places  dashboard/  search_index  session
    settings_warnings  shell  team_words  widgets/
    copying  readings  screens/
    actions/  day_watch  dialogs  team_watch
    listening  themes  window
    app
"""
