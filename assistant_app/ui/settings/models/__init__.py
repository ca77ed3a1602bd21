"""The section in which providers are connected and the model for new conversations is chosen."""

from assistant_app.ui.settings.models.parts import models
from assistant_app.ui.settings.models.state import ModelsState

__all__ = ["ModelsState", "models"]
