"""The Yjs document of a roadmap.

The modules by floor; each imports only modules of the rows before its own:

    insertion_runs  limits  stamps  update_base
    devices  nested_types  position
    node_maps  reader
    changed_nodes  restored  sibling_positions
    changed_reader  node_writer
    document_reader
    yjs_document
    document
    merging
"""
