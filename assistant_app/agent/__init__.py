"""One turn of a conversation: who owns running turns, what the model is told, and what becomes of its answer.

May import services and below; never a state, a page or a row.
"""
