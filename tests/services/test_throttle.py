"""Throttling: per account, and per network."""

from datetime import timedelta

import pytest
import time_machine

from assistant_app.errors import TooManyAttemptsError
from assistant_app.services import throttle


@pytest.fixture(autouse=True)
def _counting_anew() -> None:
    throttle.forget_everything()


def attempts(count: int, **kwargs: str) -> int:
    """Return how many of `count` attempts get through."""
    passed = 0
    for _ in range(count):
        try:
            throttle.count_attempt(**{"door": "sign-in"} | kwargs)  # type: ignore[arg-type]
        except TooManyAttemptsError:
            continue
        passed += 1
    return passed


def test_a_flood_of_attempts_at_one_account_comes_down_to_ten() -> None:
    assert attempts(2000, account="ada") == 10


def test_a_network_is_limited_over_all_accounts() -> None:
    passed = sum(attempts(1, account=f"user{number}", address=f"192.0.2.{number}") for number in range(100))
    assert passed == 40


def test_all_addresses_of_an_ipv6_network_count_as_one() -> None:
    assert sum(attempts(1, address=f"2001:db8:1:2::{number:x}") for number in range(100)) == 40
    assert attempts(1, address="2001:db8:1:3::1") == 1


def test_doors_are_counted_apart() -> None:
    assert attempts(20, account="ada") == 10
    assert attempts(20, account="ada", door="link") == 10


def test_after_ten_minutes_it_begins_anew() -> None:
    with time_machine.travel("2026-11-21 10:00Z", tick=False) as traveller:
        assert attempts(20, account="ada") == 10
        with pytest.raises(TooManyAttemptsError, match="in 10 minutes") as refused:
            throttle.count_attempt(door="sign-in", account="ada")
        assert refused.value.retry_after == pytest.approx(600, abs=2)
        traveller.shift(timedelta(minutes=10, seconds=1))
        assert attempts(20, account="ada") == 10


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8::1", "2001:db8::/64"),
        ("not an address", "unknown"),
    ],
)
def test_addresses_are_counted_by_network(address: str, network: str) -> None:
    assert throttle.network_of(address) == network
