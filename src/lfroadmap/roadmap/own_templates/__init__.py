"""Templates that a person writes or saves: TOML in, a roadmap out, and back; no files are read or written.

The modules by floor; each imports only modules of the rows before its own:

    built_in_words  form  node_words  toml_lines  toml_text
    making  rules  updating
    checking  saving
"""
