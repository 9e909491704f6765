"""The screens: the only room besides `bidi` that knows Textual.

The modules by floor; each imports only modules of the rows before its own:

    commands  context  paths  search  start_here  terminal/  themes
    search_index
    session  settings_warnings  shell  widgets/
    copying  screens/
    actions/  dialogs
    window
    app
"""
