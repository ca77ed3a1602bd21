"""Says a recurrence rule in words."""

from collections.abc import Sequence

from assistant_app.times.rules import DAYS, Rule

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_UNITS = {"HOURLY": "hour", "DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second to last"}
_WORKING: tuple[str, ...] = DAYS[:5]
_WEEKEND: tuple[str, ...] = DAYS[5:]
_GROUPS: dict[tuple[str, ...], str] = {_WORKING: "weekday", DAYS: "day"}


def words_for(rule: Rule) -> str:
    """Say a rule as a person would: `every other Tuesday`, `every day until 1 December 2026`."""
    said = _regular(rule)
    others = [name for name in ("BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE") if name in rule.by]
    if others:
        said += ", by a rule of its own"
    if rule.count:
        said += f", {rule.count} times" if rule.count > 1 else ", once"
    if rule.until:
        said += f" until {rule.until.day} {rule.until:%B %Y}"
    return said


def ordinal(number: int) -> str:
    """Write 1 as `1st`, 22 as `22nd`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def listed(words: Sequence[str]) -> str:
    """Write words as a list in a sentence: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _regular(rule: Rule) -> str:
    """Say everything but the end."""
    if rule.frequency in ("WEEKLY", "DAILY") and rule.days:
        return _weekly(rule)
    said = _every(rule.interval, _UNITS[rule.frequency])
    if rule.frequency == "YEARLY":
        return f"{said}{_within_year(rule)}"
    if months := rule.by.get("BYMONTH"):
        said += f" in {listed([MONTHS[month - 1] for month in months])}"
    inner = _within_month(rule)
    return f"{said} on {inner}" if inner else said


def _weekly(rule: Rule) -> str:
    days = tuple(day for _, day in rule.days)
    named = _GROUPS.get(days) or _weekdays(days)
    if rule.interval == 1:
        return f"every {named}{_months(rule)}"
    if len(days) == 1 and rule.frequency == "WEEKLY":
        return f"{_every(rule.interval, named)}{_months(rule)}"
    unit = _UNITS[rule.frequency]
    return f"{_every(rule.interval, unit)} on {'weekdays' if days == _WORKING else _weekdays(days)}{_months(rule)}"


def _months(rule: Rule) -> str:
    months = rule.by.get("BYMONTH", ())
    return f" in {listed([MONTHS[month - 1] for month in months])}" if months else ""


def _within_month(rule: Rule) -> str:
    """Say the days of a month: `the 3rd`, `the last day`, `the first Monday`."""
    if rule.days and "BYSETPOS" in rule.by:
        days = tuple(day for _, day in rule.days)
        named = {_WEEKEND: "weekend day"}.get(days) or _GROUPS.get(days) or _weekdays(days)
        return listed([f"the {_place(place)} {named}" for place in rule.by["BYSETPOS"]])
    if rule.days:
        return listed([f"the {_place(number)} {_weekdays((day,))}" if number else f"each {_weekdays((day,))}"
                       for number, day in rule.days])  # fmt: skip
    return listed([f"the {ordinal(day) if day > 0 else _from_end(day)}" for day in rule.by.get("BYMONTHDAY", ())])


def _within_year(rule: Rule) -> str:
    months = [MONTHS[month - 1] for month in rule.by.get("BYMONTH", ())]
    days = rule.by.get("BYMONTHDAY", ())
    if len(months) == 1 and days and min(days) > 0 and not rule.days:
        return f" on {listed([str(day) for day in days])} {months[0]}"
    inner = _within_month(rule)
    if not months:
        return f" on {inner}" if inner else ""
    return f" on {inner} of {listed(months)}" if inner else f" in {listed(months)}"


def _place(number: int) -> str:
    return _PLACES.get(number) or (ordinal(number) if number > 0 else f"{ordinal(-number)} to last")


def _from_end(day: int) -> str:
    return "last day" if day == -1 else f"{_place(day)} day"


def _weekdays(days: Sequence[str]) -> str:
    return listed([WEEKDAYS[DAYS.index(day)] for day in days])


def _every(interval: int, unit: str) -> str:
    if interval == 1:
        return f"every {unit}"
    return f"every other {unit}" if interval == 2 else f"every {interval} {unit}s"
