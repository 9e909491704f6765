"""Recovery after a kill or disk damage: finishing interrupted commands, rescuing readable data.

The modules by floor; each imports only modules of the rows before its own:

    interrupted  pages  replay
    salvage
    rescue
"""
