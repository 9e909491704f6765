"""Flows measured from events: queries in portable SQL, and figures made of their results.

Importing this room does not import DuckDB. The modules by floor; each imports only modules of the rows before
its own:

    conversation_rows  parameters  sample  sources/  tables
    literals  results
    attribution  queries
    flow_lists  path_lists  running  stage_lists
    catalogue
    explain  measures
    customers  elsewhere
"""
