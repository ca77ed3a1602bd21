"""Takes the README's screenshots from the real application: `python -m tests.e2e.take_screenshots`."""

import asyncio
import re
import shutil
import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path

from playwright.async_api import BrowserContext, async_playwright

from assistant_app import clock, models
from assistant_app.repositories import database
from assistant_app.services import conflicts, events, schedule_offers, schedules, tasks
from tests.e2e.application import ROOT, Application
from tests.e2e.chat import Chat
from tests.e2e.people import PHONE, Person, add_person, sign_in, storage
from tests.peers.openai_server import openai_server

FOLDER = ROOT / "docs" / "screenshots"
QUESTION = "How do I write a small rate limiter in Python, and how does its bucket fill?"
ANSWER = """A **token bucket** is the usual answer: it lets short bursts through and holds a steady rate.

```python
import time


class Bucket:
    def __init__(self, rate: float, size: float) -> None:
        self.rate, self.size = rate, size
        self.level, self.at = size, time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level < 1:
            return False
        self.level -= 1
        return True
```

After $t$ seconds the level is $\\min(b,\\; \\ell + r\\,t)$, with

| Name | Meaning | Typical |
| --- | --- | ---: |
| $r$ | tokens a second | 5 |
| $b$ | size of the bucket | 20 |

Raise $b$ for longer bursts, and $r$ for a higher rate."""
_PIECES = len(re.findall(r"\S+\s*|\s+", ANSWER))  # The provider counts words.
PAST = (
    ("Packing list for the weekend", 0),
    ("Rewrite the letter to the landlord", 0),
    ("Why is the sky dark at night", 1),
    ("Soup from what is in the fridge", 3),
    ("Learning to read sheet music", 5),
    ("Names for the boat", 21),
)


async def main() -> None:
    """Start everything, take the pictures, and leave nothing behind."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="steward-screenshots-"))
    try:
        async with openai_server(models=("llama-3.3-70b", "qwen-3-32b"), text=ANSWER, tokens=_PIECES) as provider:
            server = Application(folder / "data", provider.url)
            await server.start()
            try:
                await _take(server)
            finally:
                await server.stop()
    finally:
        shutil.rmtree(folder)


async def _take(server: Application) -> None:
    async with async_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])

        async def new_context(**options: object) -> BrowserContext:
            return await browser.new_context(**{"viewport": {"width": 1280, "height": 820}, **options})  # pyright: ignore[reportArgumentType] - a plain dict

        ada = await add_person(server, "ada", model="openai_compatible/llama-3.3-70b", role="owner")
        context = await sign_in(server, ada.id, new_context)
        page = await context.new_page()
        person = Person(ada.id, ada.login, ada.name, server, context, page, new_context)
        await page.goto(server.url)
        await page.get_by_role("heading", name="Hello, Ada.").wait_for()
        await page.screenshot(path=FOLDER / "welcome.png")
        for title, days in reversed(PAST):
            moment = clock.now() - timedelta(days=days, minutes=40)
            await person.conversation("Can you help me with this?", "Of course.", title=title, at=moment)
        await _add_usage(server, ada.id)
        await page.reload()
        await page.get_by_role("textbox", name="Message").fill(QUESTION)
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Regenerate answer").wait_for()
        await page.locator(".katex").first.wait_for()
        await page.locator(".hljs-keyword").first.wait_for()
        address = page.url.removeprefix(server.url)
        await _rename(server, address.removeprefix("/c/"))
        await page.reload()
        await page.locator(".hljs-keyword").first.wait_for()
        await page.screenshot(path=FOLDER / "chat-light.png")
        await page.emulate_media(color_scheme="dark")
        await page.screenshot(path=FOLDER / "chat-dark.png")
        await page.emulate_media(color_scheme="light")
        await page.goto(f"{server.url}/settings/usage")
        await page.get_by_role("row", name="Built-in assistant").wait_for()
        await page.screenshot(path=FOLDER / "usage.png")
        await _act(person)
        phone = await person.device(address, viewport=PHONE, device_scale_factor=2)
        await phone.locator(".hljs-keyword").first.wait_for()
        await phone.screenshot(path=FOLDER / "phone.png")
        await browser.close()


async def _act(person: Person) -> None:
    """Take pictures of what the built-in model did, of the pages for it, and of what came by itself."""
    page, server = person.page, person.server
    async with storage(server):
        await _add_things(person.id)
    await page.goto(f"{server.url}/tasks")
    await page.get_by_role("button", name="Call the plumber", exact=True).wait_for()
    await page.screenshot(path=FOLDER / "tasks.png")
    await page.goto(f"{server.url}/calendar?view=month")
    await page.get_by_title(re.compile("^Event: Choir")).first.wait_for()
    await page.screenshot(path=FOLDER / "calendar.png")
    await page.goto(f"{server.url}/inbox")
    await page.get_by_text("overlap").first.wait_for()
    await page.get_by_text("Your schedule").first.wait_for()
    await page.screenshot(path=FOLDER / "inbox.png")
    async with storage(server), database.write() as session:
        user = await session.get_one(models.User, person.id)
        user.default_model = "builtin"
    await page.goto(server.url)
    chat = Chat(page)
    await chat.ask("add milk, eggs and bread to groceries")
    await chat.ask("remind me to call mom tomorrow at 5pm")
    await chat.say("delete the choir")
    await page.get_by_role("button", name="Approve", exact=True).wait_for()
    await chat.stop.wait_for(state="hidden")
    await page.screenshot(path=FOLDER / "acting.png")


async def _add_things(user_id: str) -> None:
    today = clock.now().date()
    for title, due, in_list in (
        ("Water the plants", today, "Home"),
        ("Call the plumber", today + timedelta(days=1), "Home"),
        ("Renew the passport", today - timedelta(days=2), ""),
        ("Draft the budget", today + timedelta(days=3), "Work"),
        ("Book the train to Lisbon", None, "Trip"),
    ):
        await tasks.add_task(user_id=user_id, title=title, due=due, list_title=in_list)
    soon = datetime.combine(today + timedelta(days=1), time(10))
    await events.add_event(user_id=user_id, title="Dentist", start=soon, place="Main Street")
    await events.add_event(user_id=user_id, title="Coffee with Sam", start=soon + timedelta(minutes=30))
    choir = datetime.combine(today.replace(day=1), time(19, 30))
    await events.add_event(user_id=user_id, title="Choir", start=choir, repeat="FREQ=WEEKLY;BYDAY=TU")
    await conflicts.check_ahead(user_id=user_id)
    summary = await schedule_offers.add_daily_summary(user_id=user_id)
    await schedules.run_now(user_id=user_id, schedule_id=summary.id)


async def _rename(server: Application, conversation_id: str) -> None:
    async with storage(server), database.write() as session:
        talk = await session.get_one(models.Conversation, conversation_id)
        talk.title, talk.title_by = "A small rate limiter", "user"


async def _add_usage(server: Application, user_id: str) -> None:
    async with storage(server), database.write() as session:
        for days in range(29):
            for model, calls in (("openai_compatible/llama-3.3-70b", days * 7 % 5), ("builtin", days * 3 % 4)):
                for _ in range(calls):
                    session.add(
                        models.Usage(
                            user_id=user_id,
                            model=model,
                            prompt_tokens=400,
                            completion_tokens=300,
                            cost=0.0 if model == "builtin" else 0.0004,
                            first_token_ms=20 if model == "builtin" else 240,
                            duration_ms=900,
                            created_at=clock.now() - timedelta(days=days),
                        )
                    )


if __name__ == "__main__":
    asyncio.run(main())
