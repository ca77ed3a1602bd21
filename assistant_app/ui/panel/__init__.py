"""The assistant at the side of every page: the conversation last open in the tab, one click away."""
