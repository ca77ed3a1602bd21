"""The form in which a schedule is added or changed; what is typed is the form's, so that a problem leaves it alone."""

from datetime import datetime
from typing import Any

import reflex as rx

from assistant_app import clock
from assistant_app.errors import InvalidInputError, StewardError
from assistant_app.ids import new_id
from assistant_app.services import accounts, providers, schedule_offers, schedules
from assistant_app.services.schedule_views import CatchUp, Kind, ScheduleChanges, ScheduleView
from assistant_app.services.task_views import KEEP, quoted
from assistant_app.ui.chat.models import facts
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.parts import Option
from assistant_app.ui.settings.profile import find_zones
from assistant_app.ui.settings.schedules.reading import Timing, read_timing, timing_words
from assistant_app.ui.settings.schedules.state import SchedulesState
from assistant_app.ui.settings.usage.chart import title_of

_MOST_MODELS = 60
_WORDS: dict[Kind, str] = {
    "summary": f"every day at {schedule_offers.SUMMARY_AT:%H:%M}",
    "review": f"every Sunday at {schedule_offers.REVIEW_AT:%H:%M}",
    "prompt": "every Friday at 16:00",
}


class ScheduleFormState(rx.State):
    """What the form began with: `kind` is empty while it is closed, `schedule_id` while something is added.

    `twin_id` is the schedule that brings the same at the time that was chosen.
    """

    kind: str = ""
    schedule_id: str = ""
    nonce: str = ""
    title: str = ""
    words: str = ""
    understood: str = ""
    problem: str = ""
    twin_id: str = ""
    zone: str = ""
    zones: list[Option] = []
    zones_open: bool = False
    catch_up: str = "late"
    most_cost: str = ""
    silent: bool = False
    prompt: str = ""
    model: str = ""
    model_shown: str = ""
    models: list[Option] = []
    models_open: bool = False
    _before: ScheduleView | None = None

    @rx.event
    async def begin_add(self, kind: Kind) -> None:
        """Open the form for a new schedule; the same kind once more closes it."""
        if self.kind == kind and not self.schedule_id:
            self.kind = ""
            return
        user_id = await user_of(self)
        self._open(kind, _WORDS[kind], (await accounts.get_person(user_id=user_id)).zone)
        # What Steward can say itself needs no model.
        self.model = await providers.default_model(user_id=user_id) if kind == "prompt" else providers.BUILTIN
        self.model_shown = title_of(self.model)
        await self.read(self.words)

    @rx.event
    async def begin_edit(self, schedule_id: str) -> None:
        """Open the form for a schedule that is there."""
        view = await schedules.get_schedule(user_id=await user_of(self), schedule_id=schedule_id)
        self._open(view.kind, view.words, view.zone)
        self.schedule_id, self._before, self.title, self.catch_up = view.id, view, view.title, view.catch_up
        self.most_cost = "" if view.most_cost is None else f"{view.most_cost:g}"
        self.silent = bool(view.data.get("silent_when_empty"))
        self.prompt, self.model = str(view.data.get("prompt", "")), str(view.data.get("model") or providers.BUILTIN)
        self.model_shown = title_of(self.model)

    def _open(self, kind: Kind, words: str, zone: str) -> None:
        self.reset()
        self.kind, self.words, self.zone, self.nonce = kind, words, zone, new_id("frm")

    @rx.event
    async def close(self) -> None:
        """Close the form, and change nothing."""
        self.kind = self.schedule_id = ""

    @rx.event
    async def read(self, text: str) -> None:
        """Show when a schedule comes by what is typed."""
        self.twin_id = ""
        try:
            self.understood, self.problem = timing_words(self._timing(text), self._now()), ""
        except StewardError as error:
            self.understood, self.problem = "", str(error) if text.strip() else ""

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Keep what the form says."""
        if not self.kind:
            return
        origin = click()
        try:
            saved = await (self._change(form, origin) if self.schedule_id else self._add(form, origin))
        except StewardError as error:
            self.problem = str(error)
            self.twin_id = error.schedule_id if isinstance(error, schedules.AlreadyScheduledError) else ""
            return
        verb = "Saved" if self.schedule_id else "Added"
        self.kind = self.schedule_id = ""
        await say(self, f"{verb} {quoted(saved.title)}, {saved.words}.", undo=origin)
        await (await self.get_state(SchedulesState))._refresh()

    async def _add(self, form: dict[str, Any], origin: Any) -> ScheduleView:
        timing = self._timing(_typed(form, "when"))
        return await schedules.create_schedule(
            user_id=await user_of(self),
            kind=self._kind(),
            starts=timing.starts,
            repeat=timing.repeat,
            title=_typed(form, "title"),
            zone=self.zone,
            catch_up=_catch_up(form),
            most_cost=_cost(form),
            data=self._data(form),
            alone=True,
            origin=origin,
        )

    async def _change(self, form: dict[str, Any], origin: Any) -> ScheduleView:
        said = " ".join(_typed(form, "when").split())
        timing = None if said.casefold() == self.words.casefold() else self._timing(said)
        return await schedules.change_schedule(
            user_id=await user_of(self),
            schedule_id=self.schedule_id,
            changes=ScheduleChanges(
                title=_typed(form, "title"),
                starts=KEEP if timing is None else timing.starts,
                repeat=KEEP if timing is None else timing.repeat,
                zone=self.zone,
                catch_up=_catch_up(form),
                most_cost=_cost(form),
                data=self._data(form),
            ),
            alone=True,
            origin=origin,
        )

    def _data(self, form: dict[str, Any]) -> dict[str, Any]:
        kept = dict(self._before.data) if self._before else {}
        if self.kind == "prompt":
            return {**kept, "prompt": _typed(form, "prompt").strip(), "model": self.model}
        return {**kept, "silent_when_empty": bool(form.get("silent")), "model": self.model}

    def _timing(self, text: str) -> Timing:
        before = Timing(self._before.starts, self._before.repeat) if self._before else None
        return read_timing(text, now=self._now(), before=before, early=self.kind == "summary")

    def _now(self) -> datetime:
        return clock.local_now(self.zone)

    def _kind(self) -> Kind:
        return "summary" if self.kind == "summary" else "review" if self.kind == "review" else "prompt"

    @rx.event
    async def open_zones(self, is_open: bool) -> None:
        """Open or close the list of time zones."""
        self.zones_open, self.zones = is_open, find_zones("", first=self.zone) if is_open else []

    @rx.event
    async def look_for_zone(self, query: str) -> None:
        """Show the time zones whose names have what is typed."""
        self.zones = find_zones(query[:80], first=self.zone)

    @rx.event
    async def choose_zone(self, zone: str) -> None:
        """Have the schedule keep to the clocks of a place."""
        if zone not in accounts.list_zones():
            raise InvalidInputError("Choose a time zone from the list, such as Europe/Rome.")
        self.zone, self.zones_open = zone, False

    @rx.event
    async def open_models(self, is_open: bool) -> None:
        """Open or close the list of models."""
        self.models_open, self.models = is_open, await self._find_models("") if is_open else []

    @rx.event
    async def look_for_model(self, query: str) -> None:
        """Show the models whose names have what is typed."""
        self.models = await self._find_models(query[:100])

    async def _find_models(self, query: str) -> list[Option]:
        words = query.lower().split()
        choices = await providers.list_models(user_id=await user_of(self))
        return [
            Option(choice.id, choice.title, f"{choice.provider} · {facts(choice)}")
            for choice in choices
            if all(word in f"{choice.provider} {choice.title} {choice.id}".lower() for word in words)
        ][:_MOST_MODELS]

    @rx.event
    async def choose_model(self, model: str) -> None:
        """Have the schedule ask a model."""
        await providers.resolve_model(user_id=await user_of(self), model=model)
        self.model, self.model_shown, self.models_open = model, title_of(model), False


def _typed(form: dict[str, Any], name: str) -> str:
    return str(form.get(name, ""))[:20_000]


def _catch_up(form: dict[str, Any]) -> CatchUp:
    return "skip" if form.get("catch_up") == "skip" else "late"


def _cost(form: dict[str, Any]) -> float | None:
    text = _typed(form, "most_cost").strip().removeprefix("$")
    try:
        return float(text) if text else None
    except ValueError:
        raise InvalidInputError("The most that a run may cost is a number of US dollars, such as 0.10.") from None
