"""A provider for the jobs that ask a model."""

from tests.agent.conftest import provider

__all__ = ["provider"]
