"""A roadmap manager for the terminal, in Hebrew and English."""

__version__ = "0.1.0"
