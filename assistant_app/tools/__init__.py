"""What a model may do: plain typed functions, one module per subject, each calling a service.

A new tool is a new function and a line in `TOOLS`. May import services, toolkit, times and language.
"""

from assistant_app.toolkit.tool import Tool
from assistant_app.tools.agenda import list_agenda
from assistant_app.tools.clearing import clear_tasks
from assistant_app.tools.events import add_event, delete_event, list_events, move_event, update_event
from assistant_app.tools.reminders import (
    add_reminder,
    delete_reminder,
    list_reminders,
    skip_reminder,
    snooze_reminder,
    update_reminder,
)
from assistant_app.tools.schedules import (
    add_schedule,
    change_schedule,
    delete_schedule,
    list_schedules,
    pause_schedule,
    resume_schedule,
    run_schedule,
)
from assistant_app.tools.task_lists import add_list, delete_list
from assistant_app.tools.tasks import add_task, complete_task, delete_task, list_tasks, reopen_task, update_task
from assistant_app.tools.undo import undo

TOOLS: tuple[Tool, ...] = (
    add_task,
    list_tasks,
    update_task,
    complete_task,
    reopen_task,
    delete_task,
    clear_tasks,
    add_list,
    delete_list,
    add_reminder,
    list_reminders,
    update_reminder,
    skip_reminder,
    snooze_reminder,
    delete_reminder,
    add_event,
    list_events,
    move_event,
    update_event,
    delete_event,
    list_agenda,
    add_schedule,
    list_schedules,
    change_schedule,
    pause_schedule,
    resume_schedule,
    run_schedule,
    delete_schedule,
    undo,
)
