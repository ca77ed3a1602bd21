"""The calendar: events, tasks that are due and reminders, by month and as an agenda.

Each module holds what is shown or done in one place of the page. It may import services, `language`, `times` and what
all features share.
"""
