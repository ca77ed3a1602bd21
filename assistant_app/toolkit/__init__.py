"""What a tool is: a typed function, its JSON schema and validator, the context it gets, and how it says that it failed.

May import errors, and pydantic. Knows no tool and no model.
"""
