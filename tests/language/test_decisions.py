"""Whole messages that say yes or no, and those that say something else."""

import pytest

from assistant_app.language.decisions import read_decision

YES = """
yes|Yes!|y|yep|Yeah, please|yes please|yes, go ahead|go ahead|go ahead please|do it|please do it|sure|sure, delete it
ok|OK then|okay|ok thanks|alright|fine, do it|yes do it|yes, delete them all|delete it|delete both|ok delete both
of course|absolutely|confirm|approve|sounds good|yes that's right|👍|yes, cancel it|yes, cancel the event|I'm sure
yes, all of them|yes to all|yes, everything|yes both|yep, all three of them please|ok, that|sure, all of it
sure thing|yup yup|k|remove them please|Yes, thank you|yes, yes|that’s fine|why not|oh yes|please do|clear it
"""
NO = """
no|No.|nope|nah|no thanks|no, thank you|cancel|cancel that|cancel it|don't|dont|don’t|do not|please don't|Never mind
nevermind|nvm|stop|not now|not yet|leave it|no, keep both|no, keep it|keep them|don't delete it|no don't delete it
do not delete anything|no way|forget it|👎|ok no|no no|no, leave it alone|wait|hold on|no, please don't
I changed my mind
don't do it|dont do that|better not|no cancel|none of them|no, none|no, leave everything|leave everything as it is
no, nothing|no, leave them all|please leave them alone|no, keep all of them
"""
NEITHER = """
yes, one of them|yes, the first|yes to the milk|no, all of them|nothing special|leave the milk
yes but not the milk|no problem|what?|yes?|maybe|yes, and add eggs|delete task 3|delete the other one|complete it
delete all tasks|clear everything|remove the list
move it|no, the other one|I don't know|thanks|thank you|hello|yes no|no, the second one|do you|do I have anything today|
not the first one|yes, but tomorrow|cancel the dentist appointment|stop smoking|wait for Anna|ok add milk|delete
keep the milk|don't forget the milk|good morning|right after lunch|fine arts class|do the dishes|no milk today
"""


def each(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|") if phrase.strip()]


@pytest.mark.parametrize("said", each(YES))
def test_a_yes_is_heard(said: str) -> None:
    assert read_decision(said) == "yes"


@pytest.mark.parametrize("said", each(NO))
def test_a_no_is_heard(said: str) -> None:
    assert read_decision(said) == "no"


@pytest.mark.parametrize("said", ["", "   ", "...", "yes " * 40, *each(NEITHER)])
def test_anything_more_is_no_decision(said: str) -> None:
    assert read_decision(said) is None
