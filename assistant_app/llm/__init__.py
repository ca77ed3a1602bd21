"""Chat models: the protocol they share, the built-in one, and the door to all others.

Knows nothing of users' rows: what a model needs to know comes with the call. May import toolkit and below.
"""
