"""Tests of assistant_app.services."""
