"""The tables, one aggregate per module, without behaviour.

May import nothing of Steward but ids and clock; is read by repositories and services only.
"""

from assistant_app.models.accounts import DeviceSession, Invite, User
from assistant_app.models.conversations import Conversation, Message, Run
from assistant_app.models.providers import Provider
from assistant_app.models.usage import Usage

__all__ = ["Conversation", "DeviceSession", "Invite", "Message", "Provider", "Run", "Usage", "User"]
