"""Creating, moving and migrating the file of a roadmap.

The modules by floor; each imports only modules of the rows before its own:

    moving
    creating
    migration
"""
