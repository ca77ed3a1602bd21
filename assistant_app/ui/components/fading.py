"""An element that tells when its animation in the style sheet has ended."""

import reflex as rx


class Fading(rx.el.Div):
    """A `div` for things that show for a while."""

    on_animation_end: rx.EventHandler[rx.event.no_args_event_spec]


fading = Fading.create
