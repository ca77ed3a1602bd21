"""Phrases that add something. What stands in `{body}` is read further: its title, its time, its list, its place."""

from assistant_app.llm.builtin.intents.frame import frame

REMINDERS = (
    frame(
        "alert",
        "(<add>|set|schedule|put|give me) [up] [me] [<a>] (reminder|alarm|alert) (on|for|to|about|against) (task"
        "|to-do|todo) {object} (for|at|on) {when}",
        "(<add>|set|schedule|put|give me) [up] [me] [<a>] (reminder|alarm|alert) (on|for|to|about|against) (task"
        "|to-do|todo) {object} {when}",
        "(<add>|set|schedule|put|give me) [up] [me] [<a>] (reminder|alarm|alert) (on|to|for) [the|my] {object} (task"
        "|to-do|todo) [for|at|on] {when}",
        "remind me (about|of|on) (task|to-do|todo) {object} (on|at|for) {when}",
        "remind me (about|of|on) (task|to-do|todo) {object} {when}",
        "remind me {when} (about|of) (task|to-do|todo) {object}",
        kind="task",
        weight=1.32,
    ),
    frame(
        "ahead",
        "(remind|notify|alert|ping|nudge|buzz|warn|tell) me [about it|of it] {span} (before|ahead of"
        "|prior to) {object}",
        "(remind|notify|alert|ping|nudge|warn) me (of|about|for) {object} {span} (before|ahead|earlier|beforehand"
        "|in advance|before it starts|before it begins|before it)",
        "(make sure|see to it|ensure) [that] i (am|get) reminded (of|about) {object} {span} (before|ahead|beforehand"
        "|in advance)",
        "(<add>|set|give me) [me] [<a>] (reminder|alarm|alert) [for|of] {span} (before|ahead of|prior to) {object}",
        "(<add>|set|give me) [me] [<a>] (reminder|alarm|alert) (for|of|about) {object} {span} (before|ahead|earlier"
        "|beforehand|in advance)",
        "(remind|notify|alert|ping|nudge|warn) me (of|about|for) {object} {span} (before|ahead|earlier|beforehand"
        "|in advance) [at] {at}",
        kind="reminder",
        weight=1.3,
    ),
    frame(
        "ahead",
        "(remind|notify|alert|ping|nudge|warn) me (of|about|for) {object} the day before [at {at}]",
        "(remind|notify|alert|ping|nudge|warn) me the day before {object} [at {at}]",
        kind="reminder",
        weight=1.3,
        span="1 day",
    ),
    frame(
        "ahead",
        "(remind|notify|alert|ping|nudge|warn) me [about it|of it|of that|about that] the day before [at {at}]",
        kind="reminder",
        weight=1.3,
        span="1 day",
        object="it",
    ),
    frame(
        "ahead",
        "(remind|notify|alert|ping|nudge|warn) me (of|about|for) {object} the (evening|night) before [at {at}]",
        "(remind|notify|alert|ping|nudge|warn) me the (evening|night) before {object} [at {at}]",
        kind="reminder",
        weight=1.3,
        span="1 day",
        part="evening",
    ),
    frame(
        "ahead",
        "(remind|notify|alert|ping|nudge|warn) me [about it|of it|of that|about that] the (evening"
        "|night) before [at {at}]",
        kind="reminder",
        weight=1.3,
        span="1 day",
        object="it",
        part="evening",
    ),
    frame(
        "ahead",
        "(remind|notify|alert|ping|nudge|buzz|warn|tell) me [about it|of it|about that|of that] {span} (before|ahead"
        "|beforehand|in advance|earlier)",
        kind="reminder",
        weight=1.3,
        object="it",
    ),
    frame(
        "add",
        "(remind|notify|alert|ping|nudge|buzz) me [again] (to|about|of|that) {body}",
        "tell me to {body}",
        "(make sure|see to it|ensure) [that] i (am|get) reminded (to|about|of|that) {body}",
        "remind (about|of) {body}",
        "remind (me|us|myself)",
        (
            "(give|send|shoot) me [a|another] [quick|gentle] (reminder|alert|alarm|nudge|ping) [to|about|for|of"
            "|that] {body}"
        ),
        "(<add>|set|schedule|put|give me|i need|i want) [up] [me] [<a>] [new|quick|little|recurring|repeating|regular]"
        " <reminder> [to|for|about|that|of] {body}",
        "(<add>|set|schedule|put|give me|i need|i want) [up] [me] [<a>] [new] <reminder>",
        "i (need|want|have|would like|would love) to be reminded [to|about|of|that] {body}",
        "have me reminded [to|about|of|that] {body}",
        kind="reminder",
        weight=1.1,
    ),
    frame(
        "add",
        "(<add>|set|schedule|put) [<a>] [new] <reminder> [in|up] for me [to|for|about|that|of] {body}",
        kind="reminder",
        weight=1.2,
    ),
    frame(
        "add",
        "[a|an|another|one more] [new] (reminder|alarm|alert) [to|for|about|that] {body}",
        kind="reminder",
        weight=1.1,
        stated="no",
    ),
    frame(
        "add", "(remind|notify|alert|ping|nudge|buzz) (me|us|myself) {body}", kind="reminder", weight=1.1, asking="no"
    ),
    frame("add", "wake me [up] {body}", "get me up {body}", kind="reminder", weight=1.1, title="Wake up"),
    frame(
        "add",
        "(set|put|create|add|make) [<a>] alarm [clock] [for] {body}",
        "alarm [for|at] {when}",
        kind="reminder",
        weight=1.2,
        bare="Alarm",
    ),
    frame(
        "add",
        "(<add>|set|schedule|put|give me|i need|i want|i would like) [up] [me] [<a>] {rhythm} (reminder|alarm|alert)"
        " {body}",
        "{rhythm} (reminder|alarm|alert) {body}",
        kind="reminder",
        weight=1.2,
    ),
    frame("add", "(set|start) [<a>] timer [for|of] {body}", kind="reminder", weight=1.1, bare="Timer"),
    frame("add", "(set|start) [<a>] {body} timer", kind="reminder", weight=1.1, bare="Timer"),
)

TASKS = (
    frame(
        "add",
        (
            "(<add>|write|give me) [me] [<a>] [new] [quick] <task> [to|for|called|named|titled|that says|saying"
            "|about] {body}"
        ),
        "(make|take) [<a>] note (to|of) {body}",
        "(make|take) [<a>] note that i (need|have) to {body}",
        "(note|jot|write|put|log|record) [down] that i (need|have|must|ought|still need|still have|got) [to] {body}",
        "(note|jot|write|put) [down] that (we|i) (must|should) {body}",
        "note down {body}",
        kind="task",
        weight=1.05,
    ),
    frame(
        "add",
        "(task|to-do|todo|errand|chore) {body}",
        "[<a>] (new|next|another|recurring|repeating) <task> [to|for|called|named|titled] {body}",
        "(note|memo) [to self|to myself] {body}",
        kind="task",
        weight=1.05,
        stated="no",
    ),
    frame(
        "add",
        "<put> {body} (to|on|onto|in|into|under) [<my>] <todolist>",
        "<put> {body} (to|on|onto|in|into) [<my>] list",
        "<put> {body} (to|on|onto|in|into) [<my>] list (for|due|on|by) {tail}",
        "<put> {body} (to|on|onto|in|into|under) [<my>] <todolist> {tail}",
        "(<add>|write|mark) {body} [down] as [<a>] [new] <task>",
        "(<add>|write|mark) {body} [down] as [<a>] [new] {level} [priority|prio] <task>",
        "(put|write|note|jot|mark) {body} [down] as [<a>] [new] <task> {tail}",
        kind="task",
        weight=1.1,
    ),
    frame("add", "<put> {body} (to|on|onto|in|into|under) [<my>] {list} list", kind="task", weight=1.08),
    frame("add", "<put> {body} (to|on|onto|in|into|under) [<my>] {list} list {tail}", kind="task", weight=1.02),
    frame("add", "<put> [<a>] [<task>] (to|on|onto|in|into|under) [<my>] {list} list {body}", kind="task", weight=1.06),
    frame("add", "<put> {body} (to|on|onto|in|into|under) [<my>] {known}", kind="task", weight=1.07),
    frame("add", "<put> {body} (to|on|onto|in|into|under) [<my>] {known} [list] {tail}", kind="task", weight=1.03),
    frame(
        "add", "<put> [<a>] [<task>] (to|on|onto|in|into|under) [<my>] {known} [list] {body}", kind="task", weight=1.07
    ),
    frame("add", "(put|write|jot|pencil|mark|note|pop) {body} (down|in) (for|on|at) {when}", weight=1.07, down="yes"),
    frame(
        "add",
        "{body} (on|onto|to) [<my>] {known} list",
        "{body} (need|needs|have|has|should|must) [to] (go|be) (on|onto|to) [<my>] {known} [list]",
        kind="task",
        weight=0.86,
        curt="yes",
    ),
    frame("add", "(add|jot down|write down|note down|put down|create|log|track) {body}", weight=0.9),
    frame(
        "add",
        "(<add>|set|give me) [me] [<a>] {rhythm} <task> [to|for|called|named|that says] {body}",
        (
            "(i want|i need|i would like|give me) (a|an|another) [new] <task> (to|for|called|named|that says"
            "|saying) {body}"
        ),
        "(<add>|put) (to|on|in) [<my>] <todolist> {body}",
        kind="task",
        weight=1.09,
    ),
    frame(
        "add",
        "(need|got|have) to {body}",
        "i (need|have|must|ought|got|have got|still need|still have|really need|also need|also have) [also] to {body}",
        "i must [not forget to|remember to] {body}",
        "i (need|have|ought|still need|really need) to remember to {body}",
        "i (can|should|must|may|better) not forget [to|about] {body}",
        "i better not forget [to|about] {body}",
        kind="task",
        weight=0.85,
        wish="need",
    ),
    frame(
        "add",
        "(do|must) not let me forget [to|about|that] {body}",
        "do not (forget|let me forget) [that] i (need|have) to {body}",
        "(make sure|see to it|ensure) [that] i [do not forget to|remember to] {body}",
        "help me (remember|not forget) to {body}",
        "(remember|keep in mind|do not forget) that i (have|need|must|ought|still have|still need) [to] {body}",
        kind="task",
        weight=1.0,
        wish="nudge",
    ),
    frame("add", "do not forget to {body}", "remember to {body}", kind="task", weight=0.95, heed="yes"),
)

EVENTS = (
    frame(
        "add",
        "(<add>|write|schedule|enter|pop|stick) {body} (to|on|onto|in|into) [<my>] <calendar>",
        "(<add>|write|schedule|enter|pop|stick) {body} (to|on|onto|in|into) [<my>] <calendar> [for] {tail}",
        "(<add>|write) (to|on|onto|in|into) [<my>] <calendar> {body}",
        "calendar {body}",
        kind="event",
        weight=1.15,
    ),
    frame("add", "{body} (to|in|into|on) [<my>] (calendar|diary|planner)", kind="event", weight=0.86, curt="event"),
    frame(
        "add",
        (
            "(<add>|<schedule>|set) [me] [<a>] [new] (event|calendar event|calendar entry) [called|named|titled"
            "|for] {body}"
        ),
        "[<a>] new (event|calendar event|calendar entry) [called|named|titled|for] {body}",
        "[<a>] [new] (all day|all-day|full day|full-day|whole day) (event|entry) [called|named|titled|for] {body}",
        "(event|calendar event) {body}",
        kind="event",
        weight=1.12,
    ),
    frame(
        "add",
        "(<add>|<schedule>|set|get|make) [me|us] (a|an|another|one more) [new|quick|short] {noun} {body}",
        "<schedule> (me|us) in [for] [a|an|another|my|the] {noun} {body}",
        "<schedule> [me|us] (the|my|our) {noun} {body}",
        "(add|create|put|enter|insert|log|record|put in|track|<schedule>) {occasion} {body}",
        "[<a>] new {noun} {body}",
        kind="event",
        weight=1.06,
        keeps="noun",
    ),
    frame("add", "<schedule> [me|us] {body}", kind="event", weight=0.95, keeps="verb"),
)
# What `{noun}` may be: it says that something is an event, and belongs to its title.
EVENT_NOUNS = frozenset({
    "appointment", "meeting", "call", "lunch", "dinner", "breakfast", "brunch", "date", "interview", "party", "visit",
    "haircut", "checkup", "check-up", "class", "lesson", "session", "workshop", "conference", "concert", "flight",
    "reservation", "standup", "stand-up", "sync", "catch-up", "catchup", "coffee", "drinks", "webinar", "ceremony",
    "wedding", "exam", "viewing", "rehearsal", "training", "practice", "match", "game", "barbecue", "bbq", "picnic",
    "doctor", "dentist", "therapy", "physio", "doctor's", "dentist's", "vet", "seminar", "lecture", "demo", "review",
    "retro", "retrospective", "kickoff", "presentation", "birthday", "gym", "yoga", "pilates", "massage",
    "consultation",
    "one-on-one", "1:1", "gathering", "playdate", "sleepover", "hike", "trip", "vacation", "holiday", "movie",
    "theater",
    "theatre", "opera", "tour", "hearing", "deadline", "launch", "offsite", "all-hands", "briefing", "inspection",
    "video", "phone", "zoom", "team", "business", "family", "job", "gig", "audition", "recital", "assembly",
    "tournament", "tasting", "surgery", "soundcheck", "christening", "funeral", "graduation", "prom", "matinee",
    "premiere", "x-ray", "mri", "ultrasound", "vaccination", "jab", "appt", "mtg", "keynote", "symposium", "hackathon",
    "reunion", "meetup", "meet-up", "potluck", "screening", "exhibition", "festival", "baptism", "orientation", "club",
    "choir",
})  # fmt: skip

# "Book club" is no order to book a club.
OF_BOOKS = frozenset(
    {"club", "group", "fair", "launch", "signing", "swap", "circle", "festival", "recommendations", "review"}
)
# Those that are orders as well: "add call mom" is no call to be attended.
DOINGS = frozenset(
    {
        "call",
        "visit",
        "date",
        "match",
        "review",
        "practice",
        "hike",
        "tour",
        "demo",
        "launch",
        "sync",
        "coffee",
        "training",
        "video",
        "phone",
        "team",
        "business",
        "family",
        "job",
        "movie",
        "game",
        "gym",
        "drinks",
        "birthday",
        "doctor",
        "dentist",
        "vet",
        "presentation",
        "exam",
        "deadline",
        "practise",
        "club",
    }
)

# "Book club" is no order to book a club.

LISTS = (
    frame(
        "add_list",
        "(<add>|start|open|set up) [me] [<a>] [new] [<task>|to-do|todo] list (called|named|for|titled|about) {name}",
        "(<add>|start|open|set up) [me] [<a>] [new] list {name}",
        "(<add>|start|open|set up) [me] (a|an|another) [new] {name} list",
        "(<add>|start|open|set up) [me] [<a>] new {name} list",
        "(<add>|start|open|set up) [me] [<a>] list {name}",
        "new [<task>] list [called|named|for|titled] {name}",
        "new {name} list",
        "(i|we) (need|want|would like|could use) (a|another) [new] list (called|named|for|titled|about) {name}",
        "(i|we) (need|want|would like|could use) (a|another) [new] {name} list",
        "(get|give|have) [me|us] (a|another) [new] list (called|named|for|titled|about) {name}",
        "(can|could|may) (i|we) (have|get) (a|another) [new] list (called|named|for|titled|about) {name}",
        "(can|could|may) (i|we) (have|get) (a|another) [new] {name} list",
        weight=1.12,
    ),
)
ADDING = (*REMINDERS, *EVENTS, *TASKS, *LISTS)
