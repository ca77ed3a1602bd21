"""People: who they are, how they like things, and who may come in."""

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import bus, clock
from assistant_app.errors import InvalidInputError, NotAllowedError, NotFoundError
from assistant_app.models import User
from assistant_app.repositories import accounts as queries
from assistant_app.repositories import database
from assistant_app.services import devices, invites, schedules
from assistant_app.services.invites import ROLES
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.passwords import hash_password
from assistant_app.settings import get_settings

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")
LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "es": "Español",
    "fi": "Suomi",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "hu": "Magyar",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "no": "Norsk",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}")
_AUDIT = structlog.get_logger("steward.audit")


@dataclass(frozen=True)
class Person:
    """An account as the rest of Steward sees it."""

    id: str
    login: str
    name: str
    role: str
    zone: str
    language: str
    instructions: str
    theme: str
    density: str
    default_model: str
    created_at: datetime
    is_disabled: bool

    @property
    def is_owner(self) -> bool:
        """Whether the person may invite others and manage them."""
        return self.role == "owner"


@functools.cache
def list_zones() -> tuple[str, ...]:
    """Return the names of all time zones, sorted."""
    return tuple(sorted(available_timezones() - {"localtime"}))


async def setup_link() -> str | None:
    """Make or renew the path of the link that creates the first account; None once there is one."""
    return await invites.make_setup_link()


async def is_set_up() -> bool:
    """Tell whether there is an account."""
    async with database.read() as session:
        return await queries.count_users(session) > 0


async def get_person(*, user_id: str) -> Person:
    """Return a person."""
    async with database.read() as session:
        return _person(await queries.get_user(session, user_id=user_id))


async def get_person_by_login(*, login: str) -> Person:
    """Return the person who signs in with this name."""
    async with database.read() as session:
        user = await queries.find_user_by_login(session, login=login.strip().lower())
    if user is None:
        raise NotFoundError(f"Nobody signs in as {login!r} here.")
    return _person(user)


async def list_people(*, user_id: str) -> list[Person]:
    """Return everybody, oldest account first. Owners only."""
    async with database.read() as session:
        await invites.require_owner(session, user_id=user_id)
        return [_person(user) for user in await queries.list_users(session)]


async def list_active() -> list[Person]:
    """Return everybody who may sign in, for the jobs that run for all."""
    async with database.read() as session:
        return [_person(user) for user in await queries.list_users(session) if user.disabled_at is None]


async def create_owner(*, token: str, login: str, name: str, password: str, zone: str = "") -> Person:
    """Create the first account through the set-up link."""
    return await _join("setup", token, login=login, name=name, password=password, zone=zone)


async def accept_invite(*, token: str, login: str, name: str, password: str, zone: str = "") -> Person:
    """Create a further account through an invitation."""
    return await _join("invite", token, login=login, name=name, password=password, zone=zone)


async def add_person(*, user_id: str, login: str, name: str, password: str, role: str = "member") -> Person:
    """Create an account without a link, as the commands on the machine do. Owners only."""
    if role not in ROLES:
        raise InvalidInputError("A person is either a member or an owner.")
    user = await _new_user(login=login, name=name, password=password, zone="")
    user.role = role
    async with database.write() as session:
        await invites.require_owner(session, user_id=user_id)
        await queries.add_user(session, user=user)
    _AUDIT.info("account_created", user_id=user.id, by=user_id)
    return _person(user)


async def update_profile(
    *, user_id: str, name: str, zone: str, language: str, instructions: str, origin: Origin = PAGE
) -> Person:
    """Change who a person is to the assistant; the schedules that follow their clocks go by those of the `zone`."""
    if language not in LANGUAGES:
        raise InvalidInputError("Choose one of the languages in the list.")
    if len(instructions) > 8000:
        raise InvalidInputError("Custom instructions can have up to 8,000 characters.")
    values = {"name": _valid_name(name), "zone": _valid_zone(zone), "language": language, "instructions": instructions}
    async with database.transaction():
        person = await _change(user_id, values)
        await schedules.follow_zone(user_id=user_id, zone=zone, origin=origin)
    return person


async def update_appearance(*, user_id: str, theme: str, density: str) -> Person:
    """Change what the pages look like for a person."""
    if theme not in THEMES or density not in DENSITIES:
        raise InvalidInputError("Choose one of the themes and densities offered.")
    return await _change(user_id, {"theme": theme, "density": density})


async def update_default_model(*, user_id: str, model: str) -> Person:
    """Change which model new conversations start with; empty to choose by what is there."""
    if len(model) > 200:
        raise InvalidInputError("That is not the name of a model.")
    return await _change(user_id, {"default_model": model})


async def disable_person(*, user_id: str, person_id: str) -> None:
    """Keep a person out, and sign them out everywhere. Owners only."""
    if user_id == person_id:
        raise NotAllowedError("You cannot disable your own account. Ask another owner.")
    await _set_disabled(user_id, person_id, clock.now())
    await devices.revoke_all_devices(user_id=person_id)


async def enable_person(*, user_id: str, person_id: str) -> None:
    """Let a disabled person in again. Owners only."""
    await _set_disabled(user_id, person_id, None)


async def _set_disabled(user_id: str, person_id: str, at: datetime | None) -> None:
    async with database.write() as session:
        await invites.require_owner(session, user_id=user_id)
        (await queries.get_user(session, user_id=person_id)).disabled_at = at
    _AUDIT.info("account_disabled" if at else "account_enabled", user_id=person_id, by=user_id)
    bus.publish(user_id, "members")


async def _change(user_id: str, values: dict[str, str]) -> Person:
    async with database.write() as session:
        user = await queries.get_user(session, user_id=user_id)
        for field, value in values.items():
            setattr(user, field, value)
    bus.publish(user_id, "profile")
    return _person(user)


async def _join(kind: str, token: str, *, login: str, name: str, password: str, zone: str) -> Person:
    await invites.check_link(kind=kind, token=token)  # A worthless link must not cost a hash.
    user = await _new_user(login=login, name=name, password=password, zone=zone)
    async with database.write() as session:
        await _refuse_second_setup(session, kind)
        user.role = (await invites.use_link(session, kind=kind, token=token)).role
        await queries.add_user(session, user=user)
    _AUDIT.info("account_created", user_id=user.id, by=kind)
    return _person(user)


async def _refuse_second_setup(session: AsyncSession, kind: str) -> None:
    if kind == "setup" and await queries.count_users(session):
        raise NotAllowedError("Steward is set up already. Ask its owner for an invitation.")


async def _new_user(*, login: str, name: str, password: str, zone: str) -> User:
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise InvalidInputError(
            "A sign-in name has 2 to 64 letters, digits or . _ - @ + and begins with a letter or a digit."
        )
    return User(
        login=login,
        name=_valid_name(name or login),
        password_hash=await hash_password(password),
        zone=zone if zone in list_zones() else get_settings().zone,
        default_model=get_settings().default_model,
    )


def _valid_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise InvalidInputError("A name has 1 to 80 characters.")
    return name


def _valid_zone(zone: str) -> str:
    if zone not in list_zones():
        raise InvalidInputError("Choose one of the time zones in the list, such as Europe/Rome.")
    return zone


def _person(user: User) -> Person:
    return Person(
        id=user.id,
        login=user.login,
        name=user.name,
        role=user.role,
        zone=user.zone,
        language=user.language,
        instructions=user.instructions,
        theme=user.theme,
        density=user.density,
        default_model=user.default_model,
        created_at=user.created_at,
        is_disabled=user.disabled_at is not None,
    )
