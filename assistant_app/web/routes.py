"""Every plain HTTP route, as the application that stands in front of the pages."""

from starlette.applications import Starlette
from starlette.routing import Route

from assistant_app.web import calendar_files, downloads, health, signing
from assistant_app.web.links import LINKS


def make_routes() -> Starlette:
    """Make the application; Reflex mounts its own behind these routes, so that each call needs a new one."""
    return Starlette(
        routes=[
            Route("/login", signing.show_login, methods=["GET"]),
            Route("/login", signing.sign_in, methods=["POST"]),
            Route("/logout", signing.sign_out, methods=["POST"]),
            Route("/session", signing.show_session, methods=["GET"]),
            *(Route(f"/{link.kind}", link.show, methods=["GET"]) for link in LINKS),
            *(Route(f"/{link.kind}", link.submit, methods=["POST"]) for link in LINKS),
            Route("/healthz", health.show_alive, methods=["GET"]),
            Route("/readyz", health.show_ready, methods=["GET"]),
            Route("/export/calendar.ics", calendar_files.export_calendar, methods=["GET"]),
            Route("/import/calendar", calendar_files.bring_calendar, methods=["POST"]),
            Route("/feeds/{token}.ics", calendar_files.show_feed, methods=["GET"]),
            Route("/export/activity.{form}", downloads.export_activity, methods=["GET"]),
            Route("/export/conversations.{form}", downloads.export_all, methods=["GET"]),
            Route("/export/conversations/{conversation_id}.{form}", downloads.export_conversation, methods=["GET"]),
        ]
    )
