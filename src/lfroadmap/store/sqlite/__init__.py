"""A roadmap's file as a file of SQLite: its tables, its log, and reading what it holds.

The modules by floor; each imports only modules of the rows before its own:

    errors  file_schema
    disk  loading  roadmap_file
    tables
    file_format  log
"""
