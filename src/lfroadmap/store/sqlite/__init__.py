"""A roadmap's file as an SQLite file: its tables, its log, and reading it.

The modules by floor; each imports only modules of the rows before its own:

    errors  file_schema
    disk  loading  roadmap_file
    change_rows  tables  team_room
    file_format  log
"""
