"""The terminal under Textual: driver, keys in order, pastes; the system's clipboard and file opener.

The modules by floor; each imports only modules of the rows before its own:

    kept_colors  kept_lines  kept_picture  keyboard  lone_escapes  meta_modes  opener  output  pen
    system_clipboard
    title
    changed_lines  pastes  sent_cells
    steady_driver
    driver
    ending  first_picture
"""
