"""Queries for the providers that users connected."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, exists, select

from assistant_app.errors import NotFoundError
from assistant_app.models import Provider, User


async def list_providers(session: AsyncSession, *, user_id: str) -> Sequence[Provider]:
    """List a user's providers in the order in which they were added."""
    query = (
        select(Provider).where(col(Provider.user_id) == user_id).order_by(col(Provider.created_at), col(Provider.id))
    )
    return (await session.scalars(query)).all()


async def get_provider(session: AsyncSession, *, user_id: str, provider_id: str) -> Provider:
    """Return one of a user's providers."""
    query = select(Provider).where(col(Provider.user_id) == user_id, col(Provider.id) == provider_id)
    found = (await session.scalars(query)).one_or_none()
    if found is None:
        raise NotFoundError("This provider is not connected any more.")
    return found


async def find_chosen_model(session: AsyncSession, *, user_id: str) -> str | None:
    """Return the id of the model that a user chose as default, empty or None without such a choice."""
    return (await session.scalars(select(User.default_model).where(col(User.id) == user_id))).one_or_none()


async def has_any(session: AsyncSession) -> bool:
    """Tell whether anybody at all connected a provider."""
    return bool(await session.scalar(select(exists(select(Provider.id)))))
