"""Where a roadmap lives: one file, one writer; knows nothing of screens."""
