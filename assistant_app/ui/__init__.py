"""What a person sees; the only package that speaks Reflex.

One folder a feature: page.py (route and layout), parts.py (view functions), state.py (translate, call one
service, translate back). Helpers of a state start with `_`: every public method is a remote call.
May import agent, services and below; never rows or queries.
"""
