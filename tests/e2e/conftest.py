"""A browser, the application it meets, and people who are signed in.

`server` is the application in a process of its own, `provider` the models that it reaches beside the built-in one.
`person("ada")` gives somebody a new account, and `me` is such a person, on `page`. Whatever goes wrong in a browser
or in the server without being shown to anybody fails the test that was running, unless it told `expect_errors`.
"""

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, async_playwright, expect
from pytest_asyncio import is_async_test

from tests.conftest import skip_or_fail
from tests.e2e.application import ROOT, Application
from tests.e2e.people import Person, add_person, sign_in
from tests.peers.openai_server import SCENARIOS, OpenAIServer, openai_server

PATIENCE_MS = 20_000
MODELS = ("plain", "second", "tokens-60-20", "tokens-400-50", "tokens-400-40", "tokens-2000-50", *sorted(SCENARIOS))
_ARGUMENTS = (
    "--no-sandbox",  # As root there is none.
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

PersonMaker = Callable[..., Awaitable[Person]]
ApplicationStarter = Callable[..., Awaitable[Application]]
AnswerShower = Callable[[str], Awaitable[Locator]]


async def until(condition: Callable[[], bool], seconds: float = PATIENCE_MS / 1000) -> None:
    """Wait for what no page shows."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - it lies in another process
            await asyncio.sleep(0.02)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have all browser tests share one event loop, since they share a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if is_async_test(item):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def front_end() -> None:
    """The built front end, as it is now."""
    built = subprocess.run(
        [sys.executable, "-m", "assistant_app", "build"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def provider() -> AsyncIterator[OpenAIServer]:
    """The provider of all models but the built-in one; the model's name says what happens."""
    async with openai_server(models=MODELS) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(
    front_end: None, provider: OpenAIServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Application]:
    """The application that most tests share."""
    application = Application(tmp_path_factory.mktemp("steward") / "data", provider.url)
    await application.start()
    yield application
    await application.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def start_application(
    front_end: None, tmp_path: Path, expected_errors: list[str]
) -> AsyncIterator[ApplicationStarter]:
    """Start an application of the test's own, without accounts: it may be stopped and killed."""
    started: list[Application] = []

    async def start(provider_url: str = "") -> Application:
        application = Application(tmp_path / f"data{len(started)}", provider_url)
        started.append(application)
        await application.start()
        return application

    yield start
    for application in started:
        await application.stop()
    for application in started:
        fail_unless_expected(application.troubles_after(0), expected_errors)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        skip_or_fail("browser", "no Chromium is installed")
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        try:
            opened = await playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        except Error as error:
            skip_or_fail("browser", str(error))
            raise
        yield opened
        await opened.close()


@pytest.fixture
def expected_errors() -> list[str]:
    """The patterns of what may go wrong in this test."""
    return []


@pytest.fixture
def expect_errors(expected_errors: list[str]) -> Callable[..., None]:
    """Say, by patterns, what may go wrong: a test of a lost network cannot do without failing requests."""

    def expect_them(*patterns: str) -> None:
        expected_errors.extend(patterns)

    return expect_them


def fail_unless_expected(wrong: list[str], expected: list[str]) -> None:
    """Fail the test with what went wrong behind its back."""
    if surprises := [text for text in wrong if not any(re.search(pattern, text) for pattern in expected)]:
        pytest.fail("\n".join(["This went wrong besides:", *surprises]), pytrace=False)


def _told(said: ConsoleMessage) -> str:
    return f"console: {said.text} ({said.location.get('url', '')})"


@pytest_asyncio.fixture(loop_scope="session")
async def new_context(
    browser: Browser,
    start_application: ApplicationStarter,  # What a page is connected to ends after the page.
    expected_errors: list[str],
) -> AsyncIterator[Callable[..., Awaitable[BrowserContext]]]:
    """Open browsers with nothing in them; at the end, nothing may have gone wrong in any."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    async def make(**options: Any) -> BrowserContext:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = await browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        # Violations of the content security policy are written to the console as errors, too.
        context.on("console", lambda said: wrong.append(_told(said)) if said.type == "error" else None)
        context.on("weberror", lambda raised: wrong.append(f"page: {raised.error}"))
        context.on(
            "response", lambda got: wrong.append(f"status {got.status} of {got.url}") if got.status >= 500 else None
        )
        opened.append(context)
        return context

    yield make
    for context in opened:
        await context.close()
    fail_unless_expected(wrong, expected_errors)


@pytest_asyncio.fixture(loop_scope="session")
async def person(
    server: Application, new_context: Callable[..., Awaitable[BrowserContext]], expected_errors: list[str]
) -> AsyncIterator[PersonMaker]:
    """Give somebody a new account and a browser that is signed in and shows `path`.

    Sign-in names are made unique; `login` is their beginning, and the name. New chats start with `model`.
    """
    log_position = len(server.log)

    async def make(
        login: str,
        *,
        model: str = "builtin",
        role: str = "member",
        at: Application = server,
        path: str = "/",
        **options: Any,
    ) -> Person:
        user = await add_person(at, login, model=model, role=role)
        context = await sign_in(at, user.id, new_context, **options)
        page = await context.new_page()
        await page.goto(at.url + path)
        return Person(user.id, user.login, user.name, at, context, page, new_context)

    yield make
    fail_unless_expected(server.troubles_after(log_position), expected_errors)


@pytest_asyncio.fixture(loop_scope="session")
async def me(person: PersonMaker) -> Person:
    """Ada, who has just come in."""
    return await person("ada")


@pytest.fixture
def page(me: Person) -> Page:
    """What Ada sees."""
    return me.page


@pytest.fixture
def show_answer(me: Person) -> AnswerShower:
    """Show an answer of exactly this text in a conversation of Ada's, and return its message."""

    async def show(text: str) -> Locator:
        conversation_id = await me.conversation("What do you say?", text)
        await me.open(f"/c/{conversation_id}")
        answer = me.page.get_by_role("article", name="Steward said")
        await expect(answer).to_be_visible()
        return answer

    return show
