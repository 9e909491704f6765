"""The roadmap told once, in reading order; each face walks the same nodes."""
