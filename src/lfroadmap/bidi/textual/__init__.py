"""Right to left in Textual: drawing, layout, editing and terminal output.

Textual has no extension points for most of this, so the package overrides and replaces private names of its
pinned version.

The modules by floor; each imports only modules of the rows before its own:

    direction  terminal_io  wrapping
    drawing  inputs  layout
    hooks  text_areas  wrapped_inputs
"""
