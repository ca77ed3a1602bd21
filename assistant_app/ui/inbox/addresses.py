"""The inbox's addresses: `/inbox?show=snoozed&kind=reminder`, and `/inbox?item=<id>` for one matter."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from assistant_app.ui.inbox.rows import KINDS

PATH = "/inbox"
SHOWN = ("", "snoozed", "answered")  # What is open has no name.


@dataclass(frozen=True)
class Place:
    """What of the inbox is shown: open, `snoozed` or `answered` matters, of one `kind` or of all."""

    show: str = ""
    kind: str = ""
    item_id: str = ""


def read_place(url: str) -> Place:
    """Return what an address shows; what makes no sense in it is left out."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    show, kind = query.get("show", ""), query.get("kind", "")
    return Place(show if show in SHOWN else "", kind if kind in KINDS else "", query.get("item", "")[:64])


def address_of(show: str = "", kind: str = "") -> str:
    """Return the address of a view."""
    query = urlencode({name: value for name, value in (("show", show), ("kind", kind)) if value})
    return f"{PATH}?{query}" if query else PATH


def item_address(item_id: str) -> str:
    """Return the address of one matter."""
    return f"{PATH}?{urlencode({'item': item_id})}"
