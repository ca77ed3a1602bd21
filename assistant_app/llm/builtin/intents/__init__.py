"""What people say when they want something done or shown, as tables of phrases: one module for each sort of wish.

A table holds data only; `frames.py` reads it. May import nothing but `frame.py`.
"""
