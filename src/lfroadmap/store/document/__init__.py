"""The Yjs document of a roadmap.

The modules by floor; each imports only modules of the rows before its own:

    insertion_runs  limits  stamps  update_base
    nested_types  position
    node_maps  reader
    sibling_positions
    node_writer
    document
"""
