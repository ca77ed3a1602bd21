"""What a supervisor or a proxy asks: is the process alive, and can it work."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant_app.services import health


async def show_alive(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    """Answer as long as the process does."""
    return JSONResponse({"status": "ok"})


async def show_ready(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    """Answer whether the database and its schema are there."""
    readiness = await health.check_readiness()
    status = "ready" if readiness.is_ready else "not ready"
    return JSONResponse({"status": status} | asdict(readiness), status_code=200 if readiness.is_ready else 503)
