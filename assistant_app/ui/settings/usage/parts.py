"""The usage, as it is seen: bars by day, and the sums as a table."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

import reflex as rx

from assistant_app.ui.settings.parts import panel, segmented, skeleton
from assistant_app.ui.settings.usage.budget import initiative
from assistant_app.ui.settings.usage.chart import MEASURES, Bar, Segment, UsageRow
from assistant_app.ui.settings.usage.state import UsageState

_RANGES = (("7", "", "7 days"), ("30", "", "30 days"), ("90", "", "90 days"))
_COLUMNS = ("Model", "Calls", "Tokens in", "Tokens out", "Cost", "First token")


def usage() -> rx.Component:
    """Show the section."""
    return rx.cond(
        UsageState.loaded,
        rx.fragment(all_usage(), initiative()),
        skeleton(),
    )


def all_usage() -> rx.Component:
    """Show what all calls used."""
    return panel(
        "Usage",
        rx.el.div(
            segmented(
                "Time",
                field="days",
                options=_RANGES,
                current=UsageState.days,
                choose=UsageState.choose_days,
            ),
            segmented(
                "Measure",
                field="measure",
                options=[(value, "", title) for value, title in MEASURES.items()],
                current=UsageState.measure,
                choose=UsageState.choose_measure,
            ),
            class_name="usage-choices",
        ),
        rx.cond(UsageState.rows.length() > 0, rx.fragment(chart(), table()), nothing()),
        hint="What your conversations and schedules asked of models. Prices are list prices in US dollars.",
    )


def nothing() -> rx.Component:
    """Say what will be here."""
    return rx.el.div(
        rx.icon("chart-column", size=28),
        rx.el.p("Nothing was asked in this time. Once you chat, calls, tokens and costs are counted here."),
        class_name="usage-nothing",
    )


def chart() -> rx.Component:
    """Draw a bar a day; who cannot see it is told the gist, and finds the figures in the table."""
    return rx.el.figure(
        rx.el.div(UsageState.most, class_name="chart-most", aria_hidden="true"),
        rx.el.div(
            rx.foreach(UsageState.bars, bar),
            class_name="chart",
            role="img",
            aria_label=UsageState.said,
        ),
        rx.el.div(
            rx.el.span(UsageState.first_day),
            rx.el.span(UsageState.last_day),
            class_name="chart-days",
            aria_hidden="true",
        ),
        class_name="chart-figure",
    )


def bar(item: rx.Var[Bar]) -> rx.Component:
    """Draw one day."""
    return rx.el.div(rx.foreach(item.segments, segment), class_name="chart-bar", title=item.said, key=item.day)


def segment(item: rx.Var[Segment]) -> rx.Component:
    """Draw one model's part of a day."""
    return rx.el.div(
        class_name="chart-segment", data_colour=item.colour, style={"height": f"{item.height}%"}, key=item.colour
    )


def table() -> rx.Component:
    """List the sums."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption("Sums by model", class_name="visually-hidden"),
            rx.el.thead(rx.el.tr(*[rx.el.th(column, scope="col") for column in _COLUMNS])),
            rx.el.tbody(rx.foreach(UsageState.rows, line)),
            rx.el.tfoot(cells(UsageState.total, rx.el.th("All", scope="row"))),
            class_name="usage-table",
        ),
        rx.cond(UsageState.unpriced != "", rx.el.p(UsageState.unpriced, class_name="field-hint")),
        class_name="usage-scroll",
        tab_index=0,
        role="region",
        aria_label="Sums by model",
    )


def line(row: rx.Var[UsageRow]) -> rx.Component:
    """Show one model's sums."""
    name = rx.el.th(
        rx.el.span(class_name="chart-key", data_colour=row.colour, aria_hidden="true"),
        row.title,
        scope="row",
        title=row.model,
    )
    return cells(row, name)


def cells(row: rx.Var[UsageRow] | UsageRow, name: rx.Component) -> rx.Component:
    """Put the figures behind a name."""
    figures = (row.calls, row.prompt, row.completion, row.cost, row.first_token)
    return rx.el.tr(name, *[rx.el.td(figure) for figure in figures], key=row.model)
