"""Plain HTTP: signing in and out, one-time links, health, downloads, and the gate in front of everything.

May import services and below, never ui; whatever works without a session lives here and nowhere else.
"""
