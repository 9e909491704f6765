"""What a kill or a damaged disk leaves: finishing what was interrupted, saving what can be read.

The modules by floor; each imports only modules of the rows before its own:

    interrupted  pages  replay
    salvage
    rescue
"""
