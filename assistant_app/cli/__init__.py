"""The commands: `python -m assistant_app <command>`, one module each.

May import everything. Each module has `add_arguments(parser)` and `run(arguments)`, and is imported only when it is
the one asked for, so that a command costs no more than what it needs.
"""
