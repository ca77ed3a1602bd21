"""Tests of assistant_app.llm."""
