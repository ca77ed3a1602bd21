"""People with accounts, signed in on browsers of their own, and conversations that they have had."""

import contextlib
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from playwright.async_api import BrowserContext, Page

from assistant_app import clock, models
from assistant_app.repositories import database
from assistant_app.services import devices
from assistant_app.services.passwords import hash_password
from tests.e2e.application import Application

PASSWORD = "correct horse battery"
PHONE = {"width": 390, "height": 780}

NewContext = Callable[..., Awaitable[BrowserContext]]
_hashes: list[str] = []


@dataclass
class Person:
    """Somebody with an account; `page` is their first tab, on the device that `context` is."""

    id: str
    login: str
    name: str
    server: Application
    context: BrowserContext
    page: Page
    new_context: NewContext

    async def open(self, path: str) -> Page:
        """Open a path of the application in the first tab."""
        await self.page.goto(self.server.url + path)
        return self.page

    async def tab(self, path: str = "/") -> Page:
        """Open another tab in the same browser."""
        page = await self.context.new_page()
        await page.goto(self.server.url + path)
        return page

    async def device(self, path: str = "/", **options: object) -> Page:
        """Sign in on another device, and open a path there."""
        context = await sign_in(self.server, self.id, self.new_context, **options)
        page = await context.new_page()
        await page.goto(self.server.url + path)
        return page

    async def conversation(self, *said: str, title: str = "An old chat", at: datetime | None = None) -> str:
        """Put a conversation into the database: question, answer, question, ...; return its id."""
        async with storage(self.server), database.write() as session:
            moment = at or clock.now()
            talk = models.Conversation(
                user_id=self.id, title=title, title_by="user", model="builtin", created_at=moment, touched_at=moment
            )
            session.add(talk)
            await session.flush()
            for number, text in enumerate(said):
                message = models.Message(
                    user_id=self.id,
                    conversation_id=talk.id,
                    parent_id=talk.leaf_id,
                    role="assistant" if number % 2 else "user",
                    text=text,
                    model="builtin" if number % 2 else "",
                )
                session.add(message)
                talk.leaf_id = message.id
        return talk.id


@contextlib.asynccontextmanager
async def storage(server: Application) -> AsyncGenerator[None]:
    """Have the application's database open beside it."""
    database.open_database(server.database_url)
    try:
        yield
    finally:
        await database.close_database()


async def add_person(server: Application, login: str, *, model: str, role: str) -> models.User:
    """Create an account with the password that all have."""
    if not _hashes:
        _hashes.append(await hash_password(PASSWORD))
    user = models.User(
        login=f"{login}-{uuid.uuid4().hex[:8]}",
        name=login.title(),
        password_hash=_hashes[0],
        default_model=model,
        role=role,
    )
    async with storage(server), database.write() as session:
        session.add(user)
    return user


async def sign_in(server: Application, user_id: str, new_context: NewContext, **options: object) -> BrowserContext:
    """Return a browser with a living session, as signing in leaves it."""
    context = await new_context(**options)
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
    async with storage(server):
        opened = await devices.open_session(user_id=user_id, user_agent=agent, address="127.0.0.1")
    cookie = {"name": devices.cookie_name(), "value": opened.token, "url": server.url, "httpOnly": True}
    await context.add_cookies([{**cookie, "sameSite": "Lax"}])  # pyright: ignore[reportArgumentType] - a plain dict
    return context
