"""Settings > Usage: what models used, by day and by model."""

from datetime import date, timedelta

from assistant_app import clock, models
from assistant_app.repositories import database
from assistant_app.services.usage import DayUsage, UsageReport, UsageTotal, money, record_usage
from assistant_app.ui.session import SessionState
from assistant_app.ui.settings.saved import SavedState
from assistant_app.ui.settings.usage.budget import BudgetState
from assistant_app.ui.settings.usage.chart import COLOURS, draw, row_of, title_of
from assistant_app.ui.settings.usage.state import UsageState
from tests.ui.conftest import OpenTab

LOAD = [SessionState.load, UsageState.load]
DAY = date(2027, 1, 1)


def report(*days: DayUsage) -> UsageReport:
    """Return a report of one or two days."""
    names = list(dict.fromkeys(day.model for day in days))
    totals = tuple(UsageTotal(name, 1, 1, 1, None) for name in names)
    last = max((day.day for day in days), default=DAY)
    return UsageReport(days, totals, UsageTotal("", 1, 1, 1, None), DAY, last)


def test_the_busiest_day_fills_the_chart_and_others_are_in_proportion() -> None:
    chart = draw(
        report(DayUsage(DAY, "a", 1, 60, 40, None), DayUsage(DAY + timedelta(1), "a", 1, 150, 50, None)), "tokens"
    )
    assert [[segment.height for segment in bar.segments] for bar in chart.bars] == [[50.0], [100.0]]
    assert chart.most == "200 tokens"
    assert chart.bars[0].said == "1 Jan: a 100 tokens"
    assert "most on 2 Jan" in chart.said


def test_each_model_has_its_colour_and_many_share_the_last() -> None:
    chart = draw(report(*[DayUsage(DAY, f"m{n}", 1, 10, 0, None) for n in range(9)]), "tokens")
    segments = chart.bars[0].segments
    assert [segment.colour for segment in segments] == list(range(COLOURS))
    assert round(sum(segment.height for segment in segments)) == 100
    assert round(segments[-1].height) == 44


def test_unknown_costs_draw_nothing_and_break_nothing() -> None:
    chart = draw(report(DayUsage(DAY, "a", 1, 10, 0, None)), "cost")
    assert chart.bars[0].segments == []
    assert chart.bars[0].said == "1 Jan: nothing"
    assert chart.most == "$0.00"


def test_figures_are_written_for_people() -> None:
    assert money(1234.5) == "$1,234.50"
    assert money(0.00042) == "$0.0004"
    assert title_of("together_ai/meta-llama/Llama-3") == "Llama-3"
    row = row_of(UsageTotal("builtin", 1200, 34567, 8, None, 1200, 1530))
    assert (row.title, row.calls, row.prompt, row.cost) == ("Built-in assistant", "1,200", "34,567", "—")
    assert row.first_token == "1.5 s"
    assert row_of(UsageTotal("a", 1, 1, 1, 0.5, 0, 88)).first_token == "88 ms"
    assert row_of(UsageTotal("a", 1, 1, 1, 0.5)).first_token == "—"


async def test_without_calls_there_are_no_rows(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/usage", on_load=LOAD)
    assert tab.value(UsageState, "loaded") is True
    assert tab.value(UsageState, "rows") == []


async def test_only_ones_own_calls_are_shown(open_tab: OpenTab, ada: models.User, bob: models.User) -> None:
    await record_usage(user_id=ada.id, model="x/mine", prompt_tokens=10, completion_tokens=5, cost=0.25)
    await record_usage(user_id=ada.id, model="builtin", prompt_tokens=1)
    await record_usage(user_id=bob.id, model="x/his", prompt_tokens=99)
    tab = await open_tab(ada, "/settings/usage", on_load=LOAD)
    assert [row.title for row in tab.value(UsageState, "rows")] == ["mine", "Built-in assistant"]
    assert tab.value(UsageState, "total").cost == "$0.2500"
    assert tab.value(UsageState, "unpriced") == "One call has no known price and no part in the costs."
    assert "his" not in [row.title for row in tab.value(UsageState, "rows")]


async def test_a_longer_time_shows_older_calls(open_tab: OpenTab, ada: models.User) -> None:
    async with database.write() as session:
        session.add(models.Usage(user_id=ada.id, model="x/old", created_at=clock.now() - timedelta(days=60)))
    tab = await open_tab(ada, "/settings/usage", on_load=LOAD)
    assert tab.value(UsageState, "rows") == []
    await tab.send(UsageState.choose_days("90"))
    assert [row.title for row in tab.value(UsageState, "rows")] == ["old"]
    assert len(tab.value(UsageState, "bars")) == 90


async def test_a_range_or_measure_that_is_not_offered_never_arrives(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/usage", on_load=LOAD)
    prefix = UsageState.get_full_name()
    await tab.forge(f"{prefix}.choose_days", {"days": "100000"})
    await tab.forge(f"{prefix}.choose_measure", {"measure": "secrets"})
    assert tab.value(UsageState, "days") == "30"
    assert tab.value(UsageState, "measure") == "tokens"


async def test_another_measure_draws_something_else(open_tab: OpenTab, ada: models.User) -> None:
    await record_usage(user_id=ada.id, model="x/mine", prompt_tokens=10, cost=2.5)
    tab = await open_tab(ada, "/settings/usage", on_load=LOAD)
    await tab.send(UsageState.choose_measure("cost"))
    assert tab.value(UsageState, "most") == "$2.50"
    await tab.send(UsageState.choose_measure("calls"))
    assert tab.value(UsageState, "most") == "1 call"


async def test_a_call_made_elsewhere_is_counted_while_the_page_is_open(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/usage", on_load=[*LOAD, UsageState.follow], wait=False)
    await tab.until(lambda: tab.value(UsageState, "loaded") is True)
    await tab.send(UsageState.choose_days("7"))
    await record_usage(user_id=ada.id, model="x/mine", prompt_tokens=10)
    await tab.until(lambda: [row.title for row in tab.value(UsageState, "rows")] == ["mine"])
    tab.close()


async def test_own_initiative_is_shown_by_schedule_with_how_much_of_the_budget_is_used(
    open_tab: OpenTab, ada: models.User, bob: models.User
) -> None:
    for user in (ada, bob):
        await record_usage(user_id=user.id, model="x/m", kind="job", schedule_id="sch_gone", cost=1.25)
    await record_usage(user_id=ada.id, model="x/m", cost=3.0)  # What she asked for in a chat.
    tab = await open_tab(ada, "/settings/usage", on_load=[SessionState.load, BudgetState.load])
    assert tab.value(BudgetState, "used").startswith("$1.25 of $5.00 used in ")
    assert (tab.value(BudgetState, "percent"), tab.value(BudgetState, "amount")) == (25, "")
    (job,) = tab.value(BudgetState, "jobs")
    assert (job.title, job.calls, job.cost) == ("A schedule that was deleted", "1", "$1.25")


async def test_budget_is_saved_and_nonsense_is_refused(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, "/settings/usage", on_load=[SessionState.load, BudgetState.load])
    await tab.send(BudgetState.save_budget("$12.5"))
    assert (tab.value(BudgetState, "amount"), tab.value(SavedState, "problem")) == ("12.50", "")
    for wrong in ("much", "-1", "nan", "1e9"):
        await tab.send(BudgetState.save_budget(wrong))
        assert "US dollars" in tab.value(SavedState, "problem")
    assert tab.value(BudgetState, "amount") == "12.50"
    await tab.send(BudgetState.save_budget("0"))
    assert tab.value(BudgetState, "percent") == 100
    await tab.send(BudgetState.save_budget(""))
    assert tab.value(BudgetState, "used").endswith("of $5.00 used in " + f"{clock.now():%B}")
