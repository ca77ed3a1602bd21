"""Understands wishes that no phrase of the tables fits, by their parts: verb, noun, time, list, and the rest.

What it reads are the same readings as those of the tables, so that the same planners hold them against the user's
objects. `words.py` is the vocabulary, and each of the other modules reads one sort of wish. It is asked last.
"""
