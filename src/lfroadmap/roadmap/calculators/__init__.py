"""Calculations with counts, deals and money: rows of a table in, a frozen result out, all of it exact.

The modules by floor; each imports only modules of the rows before its own:

    columns  formulas  numbers  stage_words
    deals  funnel  unit_economics
    pipeline
    card_tables
"""
