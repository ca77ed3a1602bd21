"""The tables, one aggregate per module, without behaviour.

May import nothing of Steward but ids and clock; is read by repositories and services only.
"""

from assistant_app.models.accounts import DeviceSession, Invite, User
from assistant_app.models.conversations import Conversation, Message, Run
from assistant_app.models.inbox import InboxItem
from assistant_app.models.ledger import Action
from assistant_app.models.notifications import Notifications, SuggestionWeight
from assistant_app.models.planner import CalendarFeed, Counter, Event, Reminder, Task, TaskList
from assistant_app.models.providers import Provider
from assistant_app.models.schedules import Occurrence, Schedule
from assistant_app.models.tool_calls import Approval, Focus, ToolCall, ToolPolicy
from assistant_app.models.usage import Usage

__all__ = [
    "Action",
    "Approval",
    "CalendarFeed",
    "Conversation",
    "Counter",
    "DeviceSession",
    "Event",
    "Focus",
    "InboxItem",
    "Invite",
    "Message",
    "Notifications",
    "Occurrence",
    "Provider",
    "Reminder",
    "Run",
    "Schedule",
    "SuggestionWeight",
    "Task",
    "TaskList",
    "ToolCall",
    "ToolPolicy",
    "Usage",
    "User",
]
