"""The rules, one subject per module; each change is one transaction.

Functions are keyword-only, take the `user_id` they act for, and return frozen dataclasses, never rows.
Doors call these: pages, plain HTTP, tools and jobs. May import repositories, models and below; never a door.
"""
