"""The tasks page: what there is to do, in views and lists, added in plain words and changed where it stands."""
