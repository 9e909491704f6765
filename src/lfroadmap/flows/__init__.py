"""Flows measured from the events of real customers. DuckDB, an extra, is imported where it is used.

The modules by floor; each imports only modules of the rows before its own:

    sources/
"""
