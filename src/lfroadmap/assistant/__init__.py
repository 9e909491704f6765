"""A server of the Model Context Protocol: an assistant reads roadmaps and, where it may, changes them.

Everything is done by the use cases of the command line. Only `server` and `pipes` know the protocol: they
import its SDK, an extra, so they are imported when the server starts.

The modules by floor; each imports only modules of the rows before its own:

    arguments  marking  pipes  program_config
    desk  pages
    exporting  prompts  reading  reading_measures  reading_plan  reading_tasks  resources
    writing
    tools
    server
"""
