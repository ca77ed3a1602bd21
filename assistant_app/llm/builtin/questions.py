"""The questions that the built-in model asks back. It finds them again in the conversation when the answer comes."""

ASK_REMINDER = "When should I remind you of {what}?"
ASK_EVENT = "When is {what}?"
ASK_TIME = "To when should I move {what}?"
ASK_TITLE = "What should I {what}?"
ASK_NAME = "What should {what} be called?"
WHICH = "Which one should I "
OFFER = "Shall I add {what} to your tasks?"
OFFER_EVENT = "Shall I put {what} on your calendar?"
KNOWN = (
    "There is {what} already. What should I do with it? Say it plainly: move, rename or delete it, by its number or "
    "its name."
)
SKIP_ONCE = "{what} repeats: I would leave it out this once, and keep all its other times."
SKIP_WHICH = "On which day should I leave {what} out? One day at a time, please."
DELETE_TOLD = "I would take {what} off your calendar."
CHANGE_WHICH = "{what} repeats: which day do you mean? Name it with the day, as in *the one on Friday*."
DO_IT = "Shall I do that?"
