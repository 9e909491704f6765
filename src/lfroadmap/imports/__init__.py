"""Reading files: snapshots, pages and tables, and the changes that one makes in a roadmap.

The modules by floor; each imports only modules of the rows before its own:

    archives  embedded_data  xlsx_package
    snapshot  xlsx_styles
    xlsx_reader
    tables
    preview
"""
