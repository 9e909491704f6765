"""What both faces do, once: no Textual, no argparse, no printing; values come back, RoadmapErrors go up.

The modules by floor; each imports only modules of the rows before its own:

    removed
"""
