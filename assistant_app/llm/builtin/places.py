"""Places and their time zones: every city that names a zone, and those of `place_names.py`."""

import functools
from dataclasses import dataclass
from importlib import resources

from assistant_app.llm.builtin.place_names import CITIES, COUNTRIES, MANY_ZONES, SHORT_ZONES

_SMALL_WORDS = frozenset({"and", "of", "the", "de", "da", "la"})


@dataclass(frozen=True)
class Place:
    """A place with its IANA zone."""

    title: str
    zone: str


def find_places(name: str) -> tuple[Place, ...]:
    """Return the places of that name: none if it is unknown, several for a country with several zones."""
    name = name.lower().removeprefix("the ").removesuffix(" time").strip(" .,?!")
    if name in MANY_ZONES:
        return tuple(Place(city, zone) for city, zone in MANY_ZONES[name])
    zone = CITIES.get(name) or COUNTRIES.get(name) or SHORT_ZONES.get(name) or _zones().get(name)
    if zone:
        return (Place(_shown(name), zone),)
    first = name.partition(",")[0].strip()  # "Paris, France"
    return find_places(first) if first and first != name else ()


def title(name: str) -> str:
    """Write a place's name with capitals."""
    return " ".join(word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in name.split())


def _shown(name: str) -> str:
    if "/" in name:
        return name.title()
    return name.upper() if name in SHORT_ZONES or name in ("uk", "uae", "nyc", "la", "dc", "sf") else title(name)


@functools.cache
def _zones() -> dict[str, str]:
    """Map each zone's own name and its city to the zone. The list comes from the package of zone data."""
    names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    cities = {
        zone.rpartition("/")[2].replace("_", " ").lower(): zone for zone in names if "/" in zone and "Etc/" not in zone
    }
    return cities | {zone.lower(): zone for zone in names}
