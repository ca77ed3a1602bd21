"""The engine: what its errors say, and what they keep to themselves."""

import pytest
from sqlalchemy.exc import IntegrityError

from assistant_app import models
from assistant_app.repositories import database
from assistant_app.repositories.database import Database


async def test_error_does_not_quote_what_somebody_wrote(db: Database) -> None:
    with pytest.raises(IntegrityError) as raised:
        async with database.write() as session:
            session.add(models.Message(user_id="usr_0", conversation_id="con_0", role="user", text="my diary"))
    assert "diary" not in str(raised.value)
    assert "message" in str(raised.value)
