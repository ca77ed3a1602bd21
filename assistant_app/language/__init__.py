"""English for moments: days, times, lengths and recurrences, found wherever they stand in a sentence.

A grammar over tokens; its words are data in `vocabulary`. A phrase is one only if every word of it is understood.
Knows nothing of tasks' rows or of the chat. May import times and below.
"""
