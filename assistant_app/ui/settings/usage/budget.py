"""What Steward's own initiative cost this month, and how much it may cost."""

# A Var answers to whatever it stands for, which the checker cannot see.
# pyright: reportAttributeAccessIssue=false

from dataclasses import dataclass

import reflex as rx

from assistant_app.errors import InvalidInputError
from assistant_app.services import budget, usage
from assistant_app.services.budget import BudgetView, JobCost
from assistant_app.services.usage import money
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.parts import labelled, panel
from assistant_app.ui.settings.saved import saving
from assistant_app.ui.settings.saved_field import saved_field

_COLUMNS = ("Schedule", "Calls", "Cost")


@dataclass(frozen=True)
class JobRow:
    """One schedule's line."""

    id: str
    title: str
    calls: str
    cost: str


class BudgetState(rx.State):
    """What holds this month; `amount` is what the person set, empty for the default, `percent` how much is used."""

    amount: str = ""
    used: str = ""
    percent: int = 0
    jobs: list[JobRow] = []

    @rx.event
    async def load(self) -> None:
        """Show what holds now."""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Count what is spent while the page is open."""
        await follow_topic(self, usage.TOPIC, self._refresh)

    @rx.event
    async def save_budget(self, amount: str) -> None:
        """Set another budget, or go back to the default."""
        async with saving(self, "budget"):
            self._show(await budget.set_budget(user_id=await user_of(self), amount=read_amount(amount)))

    async def _refresh(self) -> None:
        self._show(await budget.read_budget(user_id=await user_of(self)))

    def _show(self, view: BudgetView) -> None:
        self.amount = "" if view.is_default else f"{view.budget:.2f}"
        self.used = f"{money(view.spent)} of {money(view.budget)} used in {view.month:%B}"
        self.percent = min(100, round(100 * view.spent / view.budget)) if view.budget else 100
        self.jobs = [job_row(job) for job in view.jobs]


def read_amount(text: str) -> float | None:
    """Read a sum of dollars as people write it; nothing is None."""
    plain = text.strip().removeprefix("$").replace(",", "").strip()
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError:
        raise InvalidInputError("Write a number of US dollars, such as 5 or 2.50.") from None


def job_row(job: JobCost) -> JobRow:
    """Return one schedule's line."""
    title = job.title or "A schedule that was deleted"
    return JobRow(job.schedule_id, title, f"{job.calls:,}", money(job.cost))


def initiative() -> rx.Component:
    """Show what was spent without anybody asking for it at that moment, and what may be."""
    return panel(
        "What your assistant's own initiative cost",
        rx.el.div(
            rx.el.p(BudgetState.used, id="budget-used"),
            rx.el.div(
                rx.el.div(class_name="budget-used", style={"width": f"{BudgetState.percent}%"}),
                class_name="budget-meter",
                custom_attrs={
                    "role": "meter",
                    "aria-labelledby": "budget-used",
                    "aria-valuemin": "0",
                    "aria-valuemax": "100",
                    "aria-valuenow": BudgetState.percent.to_string(),
                },
            ),
            class_name="budget",
        ),
        rx.cond(BudgetState.jobs.length() > 0, jobs_table()),
        labelled(
            "Monthly budget in US dollars",
            saved_field(
                value=BudgetState.amount,
                name="budget",
                field_id="budget",
                described_by="budget-hint",
                longest=20,
                on_save=BudgetState.save_budget,
            ),
            field="budget",
            hint=f"Empty means {money(budget.DEFAULT_BUDGET)}; 0 means that nothing that costs is ever asked. Before a "
            "schedule asks a model, the cost is estimated; one that would go over the budget is paused, and you are "
            "told. Models without a known price are not asked. The built-in assistant and your own servers are free.",
        ),
        hint="What schedules asked of models this month, by themselves. What you ask in a chat is not limited by this.",
    )


def jobs_table() -> rx.Component:
    """List the schedules that cost something."""
    return rx.el.table(
        rx.el.caption("Cost by schedule", class_name="visually-hidden"),
        rx.el.thead(rx.el.tr(*[rx.el.th(column, scope="col") for column in _COLUMNS])),
        rx.el.tbody(rx.foreach(BudgetState.jobs, job_line)),
        class_name="usage-table",
    )


def job_line(job: rx.Var[JobRow]) -> rx.Component:
    """Show what one schedule cost."""
    return rx.el.tr(rx.el.th(job.title, scope="row"), rx.el.td(job.calls), rx.el.td(job.cost), key=job.id)
