"""Tests of assistant_app.agent."""
