"""The use cases of the screen and the command line: no Textual, no argparse, no printing, no `input()`.

They return values, raise RoadmapErrors, and ask through a Protocol.

The modules by floor; each imports only modules of the rows before its own:

    creating  import_file  last_export  points_in_time  reader  removed
    comparison  export_set  opening
"""
