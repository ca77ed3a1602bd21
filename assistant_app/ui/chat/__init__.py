"""The chat: a conversation, what is written in it, and the model that answers."""

from assistant_app.ui.chat.page import add_pages

__all__ = ["add_pages"]
