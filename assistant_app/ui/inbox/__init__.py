"""The inbox: what Steward brings on its own, on a page of its own and, where it is urgent, on every page."""
