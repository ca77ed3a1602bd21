"""Whether the panel is open, and what is done with it as a whole; its conversation is the chat's own."""

import reflex as rx

from assistant_app import bus
from assistant_app.ids import new_id
from assistant_app.ui.beside import look_beside
from assistant_app.ui.chat.models import ModelState
from assistant_app.ui.chat.state import SHOWN_TOPIC, ChatState
from assistant_app.ui.session import user_of


class PanelState(rx.State):
    """The panel of this tab; it stays as it is from page to page."""

    is_open: bool = False
    focus_nonce: str = ""
    sees_list: bool = False

    @rx.event
    async def open(self) -> None:
        """Show the conversation that was last open in this tab, or else a new one."""
        self.is_open, self.focus_nonce = True, new_id("pnl")
        await self._show()
        await self._tell_follower()

    @rx.event
    async def close(self) -> None:
        """Give the room back to the page."""
        self.is_open = False
        await self._tell_follower()

    @rx.event
    async def new_chat(self) -> None:
        """Leave this conversation for an empty one, and the page where it is."""
        chat = await self.get_state(ChatState)
        await chat._leave()
        await chat._refresh(all_texts=True)
        self.focus_nonce = new_id("pnl")
        await self._tell_follower()

    async def _show(self) -> None:
        """Bring what the panel shows up to date; a conversation that is gone makes room for a new one."""
        chat = await self.get_state(ChatState)
        await chat._refresh(all_texts=True)
        if chat.is_missing:
            await chat._leave()
            await chat._refresh(all_texts=True)
        await (await self.get_state(ModelState))._load()
        self.sees_list = bool((await look_beside(self)).things)

    async def _tell_follower(self) -> None:
        bus.publish(await user_of(self), SHOWN_TOPIC)
