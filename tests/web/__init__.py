"""Tests of assistant_app.web."""
