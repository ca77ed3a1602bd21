"""Steward, a personal assistant that people host themselves.

`assistant_app.py` puts the parts together and is imported by none of them. Below it, imports go one way only:
ui, web and jobs; agent; services; llm and repositories; models; and at the bottom bus, settings, errors, clock and ids.
"""

__version__ = "0.1.0"
