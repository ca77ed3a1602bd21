"""Pieces of the page that two features use, stateless in Python.

What must react faster than a round trip is a small React component beside its wrapper, shipped as a file and
never evaluated from a string. They know nothing of services or states.
"""
