"""The calendar's addresses: `/calendar?view=agenda&month=2026-11`, with `day` or `event` for what is to be shown."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

PATH = "/calendar"
View = Literal["", "month", "agenda"]
_FIRST_YEAR, _LAST_YEAR = 1970, 2200


@dataclass(frozen=True)
class Place:
    """Where in the calendar somebody is; an empty `view` leaves the choice to the device, `month` is its first day."""

    view: View
    month: date
    day: date | None = None
    event_id: str = ""


def read_place(url: str, *, today: date) -> Place:
    """Return what an address shows; what makes no sense in it is left out."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    wanted = query.get("view", "")
    view: View = "agenda" if wanted == "agenda" else "month" if wanted == "month" else ""
    day = _read_day(query.get("day", ""))
    month = _read_day(f"{query.get('month', '')}-01") or day or today
    return Place(view, month.replace(day=1), day, query.get("event", "")[:64])


def address_of(view: View, month: date) -> str:
    """Return the address of a month in a view."""
    return f"{PATH}?{urlencode({'view': view or 'month', 'month': f'{month:%Y-%m}'})}"


def month_after(month: date, count: int) -> date:
    """Return the first day of the month that comes `count` months later, within what the calendar shows."""
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(max(_FIRST_YEAR, min(years, _LAST_YEAR)), index + 1, 1)


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_shown(day) else None


def is_shown(day: date) -> bool:
    """Tell whether the calendar reaches to a day."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR
