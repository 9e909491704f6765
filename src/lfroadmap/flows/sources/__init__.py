"""Sources of events: from files to the relation `events` of a DuckDB database.

The modules by floor; each imports only modules of the rows before its own:

    bad_rows  heads  sql_text  times  work_folder
    clickhouse  engine  files  json_keys  kinds  staging
    server_events  text_form
    careful_rows  workbook
    tables
    identities  other_cells  segments
    relation
    reading
"""
