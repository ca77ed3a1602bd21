"""Tests of assistant_app.language."""
