"""Tests of assistant_app.ui."""
