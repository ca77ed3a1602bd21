"""The model providers that a user has connected."""

from datetime import datetime

from sqlmodel import JSON, Field, SQLModel

from assistant_app import clock
from assistant_app.ids import new_id
from assistant_app.models.columns import Moment


class Provider(SQLModel, table=True):
    """A key, or the address of a server, for one provider.

    `kind` is a key of the catalog (together_ai, anthropic, ollama, openai_compatible, ...); `secret` is encrypted.
    `model_names` is what the server last said it has, for kinds whose models no catalog lists.
    """

    id: str = Field(default_factory=lambda: new_id("prv"), primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True, ondelete="CASCADE")
    kind: str
    label: str = Field(max_length=80)
    base_url: str = ""
    secret: str = ""
    model_names: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
