"""The terminal under Textual: driver, keys in order, pastes; the system's clipboard and file opener.

The modules by floor; each imports only modules of the rows before its own:

    keyboard  opener  output  pastes  system_clipboard  title
    steady_driver
    driver
    ending
"""
