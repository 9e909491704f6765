"""The screens: the only room besides `bidi` that knows Textual.

The modules by floor; each imports only modules of the rows before its own:

    commands  context  glyphs  paths  search  terminal/
    dashboard/  session  settings_warnings  shell
    widgets/
    copying  screens/
    actions/  dialogs
    themes  window
    app
"""
