"""Tests of assistant_app.tools."""
