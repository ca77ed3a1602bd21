"""The composition root: puts pages, routes, guard and background work together. Imports all, is imported by none."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import reflex as rx

from assistant_app import logs
from assistant_app.agent import approvals, runs
from assistant_app.jobs.conflicts import watching_conflicts
from assistant_app.jobs.scheduler import running_scheduler
from assistant_app.services import answers, providers, storage, temporary
from assistant_app.settings import get_settings
from assistant_app.ui.calendar import page as calendar
from assistant_app.ui.chat import page as chat
from assistant_app.ui.components.session_watch import session_watch
from assistant_app.ui.guard import exception_handler, guard
from assistant_app.ui.inbox import page as inbox
from assistant_app.ui.notices import NoticeState
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings import page as settings
from assistant_app.ui.tasks import page as tasks
from assistant_app.web.gate import Gate
from assistant_app.web.routes import make_routes


@contextlib.asynccontextmanager
async def lifespan() -> AsyncGenerator[None, None]:
    """Open what the process needs, and leave everything stored when it ends."""
    logs.set_up(get_settings())
    async with storage.opened_storage(), watching_conflicts():
        await answers.sweep_interrupted()
        await temporary.forget_calls()
        await approvals.go_on_with_decided()
        warming = asyncio.create_task(providers.warm_up())
        try:
            async with running_scheduler():  # Its jobs begin answers, which the sweep must not take for old ones.
                yield
        finally:
            warming.cancel()
            await runs.stop_all()


_HEAD: list[rx.Component] = [
    rx.el.link(rel="icon", href="/icons/steward.svg", type="image/svg+xml"),
    rx.el.link(rel="apple-touch-icon", href="/icons/steward-180.png"),
    rx.el.link(rel="manifest", href="/manifest.json"),
    rx.el.meta(name="theme-color", content="#6e56cf"),
]

app = rx.App(
    head_components=_HEAD,
    stylesheets=[
        "/steward.css",
        "/components.css",
        "/prose.css",
        "/settings.css",
        "/cards.css",
        "/panel.css",
        "/inbox.css",
        "/tasks.css",
        "/calendar.css",
    ],
    toaster=None,  # Messages of ours are the notices, and the banner tells of a lost connection.
    extra_app_wraps={(60, "SessionWatch"): lambda _stateful: session_watch(SessionState.expired)},
    backend_exception_handler=exception_handler(NoticeState.tell_problem),
    api_transformer=[make_routes(), Gate],
)
# Reflex's own message about a lost connection names an address that means nothing to most people.
del app.app_wraps[5, "Overlay"], app.app_wraps[4, "ExtraOverlay"]
app.register_lifespan_task(lifespan)
for feature in (chat, tasks, calendar, inbox, settings):
    feature.add_pages(app)
guard(app)
