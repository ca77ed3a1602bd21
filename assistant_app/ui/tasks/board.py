"""The list element that tasks stand in."""

import reflex as rx

_JS = rx.asset("board.js", shared=True).importable_path


def _id_spec(task_id: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (task_id,)


def _select_spec(task_ids: rx.Var[list[str]], chosen: rx.Var[bool]) -> tuple[rx.Var[list[str]], rx.Var[bool]]:
    return (task_ids, chosen)


def _move_spec(task_id: rx.Var[str], after_id: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (task_id, after_id)


class TaskBoard(rx.Component):
    """Its children are `li` with `data-task-id`, and in them elements with `data-open` (the title), `data-select`,
    `data-complete` and, if it is `sortable`, `data-grip`.

    J and K go from title to title, X selects (with Shift all in between), C completes, Delete deletes, Alt with an
    arrow moves, Esc ends selecting. `on_move` has the id of the task to stand after, empty for the top.
    """  # noqa: D205 - the names belong together

    library = _JS
    tag = "TaskBoard"

    label: rx.Var[str]
    sortable: rx.Var[bool]
    on_select: rx.EventHandler[_select_spec]
    on_clear: rx.EventHandler[rx.event.no_args_event_spec]
    on_delete: rx.EventHandler[_id_spec]
    on_move: rx.EventHandler[_move_spec]


task_board = TaskBoard.create
