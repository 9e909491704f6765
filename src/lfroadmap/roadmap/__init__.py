"""The plan as values: no screen, no clock, and of the disk only the templates that come with the product."""
