"""The plan as values: no disk, no screen, no clock of its own."""
