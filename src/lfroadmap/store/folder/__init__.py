"""Names and renames in a folder of roadmaps; nothing here opens a file of SQLite.

The modules by floor; each imports only modules of the rows before its own:

    companions  locking  notices  renaming
    naming  noted_renames
    leftovers
"""
