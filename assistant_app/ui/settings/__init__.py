"""The settings, one page a section."""
