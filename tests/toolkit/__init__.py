"""Tests of assistant_app.toolkit."""
