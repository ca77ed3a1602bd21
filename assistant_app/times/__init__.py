"""Moments of a person's life: their zone, what repeats, and how a moment is said.

Pure functions without a clock or a database. May import errors and clock, and the libraries for dates.
"""
