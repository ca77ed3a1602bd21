"""What the pages look like, on all of a person's devices."""

import reflex as rx

from assistant_app.services import accounts
from assistant_app.ui.session import SessionState, user_of
from assistant_app.ui.settings.parts import panel, segmented, skeleton
from assistant_app.ui.settings.saved import saving

_THEMES = (("system", "monitor", "System"), ("light", "sun", "Light"), ("dark", "moon", "Dark"))
_DENSITIES = (("comfortable", "rows-2", "Comfortable"), ("compact", "rows-3", "Compact"))


class AppearanceState(rx.State):
    """Has no variables: what is chosen is the session's, which every page shows."""

    @rx.event
    async def choose_theme(self, theme: str) -> None:
        """Choose light, dark, or what the device says."""
        async with saving(self, "theme"):
            await self._save(theme, (await self.get_state(SessionState)).density)

    @rx.event
    async def choose_density(self, density: str) -> None:
        """Choose how close things stand."""
        async with saving(self, "density"):
            await self._save((await self.get_state(SessionState)).theme, density)

    async def _save(self, theme: str, density: str) -> None:
        await accounts.update_appearance(user_id=await user_of(self), theme=theme, density=density)
        await (await self.get_state(SessionState))._load()


def appearance() -> rx.Component:
    """Show the section."""
    return rx.cond(
        SessionState.name != "",
        panel(
            "Appearance",
            segmented(
                "Theme",
                field="theme",
                options=_THEMES,
                current=SessionState.theme,
                choose=AppearanceState.choose_theme,
            ),
            segmented(
                "Density",
                field="density",
                options=_DENSITIES,
                current=SessionState.density,
                choose=AppearanceState.choose_density,
            ),
            hint="Changes show at once, on all your devices.",
        ),
        skeleton(),
    )
