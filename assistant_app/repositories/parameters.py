"""Parameters that many statements share."""

from typing import Any

from sqlalchemy import BindParameter, bindparam

USER_IDS: BindParameter[Any] = bindparam("user_ids", expanding=True)
"""The users that a statement asks about, as a list."""
