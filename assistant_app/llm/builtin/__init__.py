"""The model that needs no key and no network: a grammar over plain English and the user's own data.

`model.py` asks the skills in turn; each is one module with its phrases as data beside it. A new skill is a new module
and a line in that tuple. May import `llm.base` and below; what it looks up comes with the call.
"""

from assistant_app.llm.builtin.model import BuiltinModel
from assistant_app.llm.builtin.titles import title_for

__all__ = ["BuiltinModel", "title_for"]
