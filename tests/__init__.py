"""The tests mirror assistant_app/; `events` in ui/, a real browser in e2e/."""
