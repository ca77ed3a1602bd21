"""Tests of assistant_app.repositories."""
