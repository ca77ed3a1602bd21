"""What each act of a reading comes to: calls of tools with the objects found, or a question back.

One module for each table of phrases. May import all of the built-in model but its skills.
"""
