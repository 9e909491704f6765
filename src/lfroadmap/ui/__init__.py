"""The screens: the only room besides `bidi` that knows Textual.

The modules by floor; each imports only modules of the rows before its own:

    change_sources  commands  flows/  garbage  glyphs  kept_rules  paths  search  start_here  tour
    terminal/  theme_choice  work
    context
    command_places  dashboard/  search_index  session
    settings_warnings  shell  widgets/
    copying  readings  screens/  team_watch  team_words
    actions/  day_watch  dialogs
    listening  themes  window
    app
"""
