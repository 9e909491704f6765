"""The Yjs document of a roadmap.

The modules by floor; each imports only modules of the rows before its own:

    insertion_runs  limits
    nested_types  position
    node_maps  reader
    changed_nodes  sibling_positions
    changed_reader
    document_reader
    document
    merging
"""
