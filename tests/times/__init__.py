"""Tests of assistant_app.times."""
