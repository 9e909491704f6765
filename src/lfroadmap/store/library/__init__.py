"""The folder of roadmaps and its trash.

The modules by floor; each imports only modules of the rows before its own:

    library  outline_cache
    renaming
    trash
"""
