"""The terminal under Textual: driver, keys in order, pastes; the system's clipboard and file opener."""
