"""Reading files: snapshots, pages and tables, and the changes that one makes in a roadmap.

The modules by floor; each imports only modules of the rows before its own:

    archives  embedded_data  json_lists  layout  sheet  table_cells  text_encoding  xlsx_package
    zip_archive
    csv_reader  snapshot  taskwarrior  todo_txt  trello  xlsx_styles  xlsx_texts
    kinds  sheet_rows  xlsx_reader
    deal_table  tables
    preview
"""
