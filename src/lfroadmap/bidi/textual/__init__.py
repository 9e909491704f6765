"""Right to left in Textual: drawing, layout, editing and terminal output."""
