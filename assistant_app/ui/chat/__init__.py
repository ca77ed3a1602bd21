"""The chat: a conversation, what is written in it, and the model that answers."""
