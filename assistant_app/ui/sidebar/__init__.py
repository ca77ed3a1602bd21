"""The list of conversations, its search, and what can be done with each."""
