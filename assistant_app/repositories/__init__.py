"""The database and the queries of each aggregate.

Functions take the session first and never commit: that is a service's to decide. Names say what a miss does:
`get_` raises NotFoundError, `find_` returns None, `list_` returns what there is. May import models and below.
"""
