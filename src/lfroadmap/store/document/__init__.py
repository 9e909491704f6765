"""The Yjs document of a roadmap.

The modules by floor; each imports only modules of the rows before its own:

    insertion_runs  limits  stamps
    arrived_stamps  devices  nested_types  position  update_reader  yjs
    node_maps  reader  update_base  value_depth
    changed_nodes  restored  sibling_positions
    changed_reader  hidden_edits  node_writer
    document_reader
    yjs_document
    document
    merging
"""
