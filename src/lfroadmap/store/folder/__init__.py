"""Names and renames in a folder of roadmaps; no module here opens an SQLite file.

The modules by floor; each imports only modules of the rows before its own:

    companions  locking  notices  renaming
    naming  noted_renames  stamps
    leftovers
"""
