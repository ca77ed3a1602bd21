"""The chat page as a person meets it: what they see and press, by role and name."""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.peers.openai_server import WORDS

LOCAL = "openai_compatible/"
CONVERSATION = re.compile(r"/c/con_\w+")


def tokens(count: int) -> str:
    """Return the whole answer of the model `tokens-<count>-<rate>`."""
    return " ".join(WORDS[number % len(WORDS)] for number in range(count))


@dataclass(frozen=True)
class Chat:
    """One tab with a conversation on it."""

    page: Page

    @property
    def field(self) -> Locator:
        """Where the next message is written."""
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def stop(self) -> Locator:
        """The button that ends the answer which is being written."""
        return self.page.get_by_role("button", name="Stop", exact=True)

    @property
    def send(self) -> Locator:
        """The button that sends; it has its place back once an answer is finished."""
        return self.page.get_by_role("button", name="Send", exact=True)

    @property
    def questions(self) -> Locator:
        """What the person said."""
        return self.page.get_by_role("article", name="You said")

    @property
    def answers(self) -> Locator:
        """What Steward said."""
        return self.page.get_by_role("article", name="Steward said")

    @property
    def answer_text(self) -> Locator:
        """The text of the newest answer, without its buttons and notes."""
        return self.answers.last.locator("[aria-busy]")

    @property
    def title(self) -> Locator:
        """The title in the header; a click makes it a field."""
        return self.page.get_by_role("main").get_by_role("button", name=re.compile(r"^Title: "))

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.field.fill(text)
        if await self.field.input_value() != text:  # A draft came between selecting what there was and replacing it.
            await self.field.fill(text)
        await expect(self.send).to_be_enabled()
        await self.field.press("Enter")

    async def ask(self, text: str) -> str:
        """Send the first message of a conversation, and return the address that it then has."""
        await self.say(text)
        await expect(self.page).to_have_url(CONVERSATION)
        return self.page.url

    async def expect_writing(self) -> None:
        """See that an answer is being written and that its beginning is there."""
        await expect(self.stop).to_be_visible()
        await expect(self.answer_text).to_contain_text("The quick brown fox jumps")

    async def expect_whole(self, text: str) -> None:
        """See that the newest answer is finished and is exactly this."""
        await expect(self.stop).to_have_count(0)
        await expect(self.answer_text).to_have_text(text)

    async def under(self, message: Locator, button: str) -> Locator:
        """Return a button under a message, which shows when the pointer is there."""
        await message.hover()
        return message.get_by_role("button", name=button, exact=True)

    async def choose_under(self, message: Locator, item: str) -> None:
        """Choose from the menu under a message."""
        await (await self.under(message, "More")).click()
        await self.page.get_by_role("menuitem", name=item).click()

    async def choose_from_header(self, item: str) -> None:
        """Choose from the menu of the shown conversation."""
        await self.page.get_by_role("button", name="Conversation menu").click()
        await self.page.get_by_role("menuitem", name=item, exact=True).click()

    async def choose_model(self, name: str) -> None:
        """Have the next answers written by another model."""
        await self.page.get_by_role("button", name="Choose model").click()
        await self.page.get_by_role("searchbox", name="Search models").fill(name)
        await self.page.get_by_role("dialog").get_by_role("button", name=re.compile(rf"^{re.escape(name)}\b")).click()
        await expect(self.page.get_by_role("button", name="Choose model")).to_have_text(name)


@dataclass(frozen=True)
class Sidebar:
    """The list of conversations of one tab."""

    page: Page

    @property
    def whole(self) -> Locator:
        """All of it."""
        return self.page.get_by_role("navigation", name="Sidebar")

    def group(self, label: str) -> Locator:
        """Return the conversations under one heading."""
        return self.whole.get_by_role("region", name=label, exact=True)

    def entry(self, title: str) -> Locator:
        """Return the line of a conversation."""
        return self.whole.get_by_role("listitem").filter(has=self.page.get_by_title(title, exact=True))

    def link(self, title: str) -> Locator:
        """Return what opens a conversation."""
        return self.entry(title).get_by_role("link")

    async def choose(self, title: str, item: str) -> None:
        """Choose from the menu of a conversation."""
        await self.entry(title).hover()
        await self.entry(title).get_by_role("button", name=f"More for {title}").click()
        await self.page.get_by_role("menuitem", name=item, exact=True).click()

    async def choose_from_account(self, item: str) -> None:
        """Choose from the menu at the bottom."""
        await self.whole.get_by_role("button", name="Account of").click()
        await self.page.get_by_role("menuitem", name=item, exact=True).click()
