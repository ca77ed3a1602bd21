"""Questions and wishes to see that are about tasks; the slots are those of `asking`."""

from assistant_app.llm.builtin.intents.frame import frame

TASKS = (
    frame(
        "list",
        (
            "[<show>] [me] [<all>] [of] [<my>] [open|current|remaining|outstanding|pending|active"
            "|other] <todolist> [please]"
        ),
        (
            "[<show>] [me] [<all>] [of] [<my>] [open|current|remaining|outstanding|pending|active] <tasks> [i have"
            "|left|still open|on my list]"
        ),
        "[<show>] [me] [<my>] list",
        "what [is|are|else is] (on|in) [<my>] (<todolist>|list) [now|right now]",
        "what (are|is) [all] [<my>] [open|current|remaining|outstanding|pending|active] (<todolist>|<tasks>)",
        (
            "(what|which) (tasks|to-dos|todos|things|items|chores|errands) (do i have|are open|are left|are there"
            "|are on my list|remain|have i got) [left|open|to do|on my list|still]"
        ),
        "what (do|must|should|shall) i (have|need|got) to (do|get done)",
        "what have i got to do",
        "<show> [me] (everything|all|all that|everything that) i (have|need|have got) to (do|get done)",
        "what needs doing",
        "what is still to (do|be done)",
        "[<show>] [me] what (i|we) (have|need|must) [to] do",
        "what [still] needs to [still] (be done|get done)",
        "what (else) (do|must|should) i (have|need) to do",
        "what is (left|left to do|open|pending|outstanding|still open|to do|to be done)",
        "<has> [any|anything] [more] [open|outstanding] (<tasks>) [left|open|to do]",
        "is [<my>] (<todolist>|list) (empty|done|clear|finished|long)",
        "is there [anything|something] [left] (on|in) [<my>] (<todolist>|list)",
        "(is|are) (anything|something|any tasks|any items|there tasks) [left] (on|in) [<my>] (<todolist>|list|lists)",
        "is anything (left|open|outstanding) [on|in] [<my>] [<todolist>|list]",
        kind="task",
        weight=1.06,
    ),
    frame(
        "list",
        "[<show>] [me] [<my>] <todolist> (for|on|due|due on|due by) {range}",
        "[<show>] [me] [<all>] [of] [<my>] <tasks> (for|due|due on|on|due by|from) {range}",
        "[<show>] [me] [<my>] {range} <tasks>",
        "what (is|are) [<all>] [<my>] (<tasks>) (for|due|due on|on) {range}",
        "what (is|are|else is|all is) due [on|in] {range}",
        "(what|which) (tasks|to-dos|todos|things|items) (are|is) due [on|in] {range}",
        "(what|which) (tasks|to-dos|todos|things|items) (do i have|have i got) (for|due|on|due on) {range}",
        "what (do|must|should|shall) i [have|need|got] [to] (do|get done|finish) [on|by|in|for] {range}",
        "what (is there|have i got|do i have|do i still have) to (do|get done) [on|by|in|for] {range}",
        "what do i have due [on|by] {range}",
        "<show> [me] (everything|all|anything) [that is] due [on|in|for] {range}",
        "[<has>] [any|anything|something] [<tasks>] due [on|by|in|for] {range}",
        "<has> [any] <tasks> [for|on|due] {range}",
        "is (anything|something) due [on|by|in] {range}",
        "[<show>] [me] what (i|we) (have|need|must|got) [to] (do|get done) [on|for] {range}",
        "what needs to (be done|get done|happen) [on|by|for] {range}",
        "what needs doing [on|by|for] {range}",
        "<show> [me] (everything|all|all that|everything that) i (have|need|have got) to (do"
        "|get done) [on|by|for] {range}",
        "[<show>] [me] what is [still] (left|left to do|open|outstanding|pending|to do) [for|on|in|by] {range}",
        "due [on|by] {range}",
        "[what is] (coming due|coming up due) [on|by|in] {range}",
        kind="task",
        weight=1.07,
    ),
    frame("list", "what is due", "what is coming due", "(is anything|is something) due", kind="task"),
    frame(
        "list",
        "[<show>] [me] [<all>] [of] [<my>] (overdue|late|past due) [<tasks>]",
        "what (is|are) [<all>] [<my>] (overdue|late|past due) [<tasks>]",
        "what (is|are) [<my>] <tasks> (overdue|late|past due)",
        "(what|which) (tasks|to-dos|todos|things|items) (are|is) (overdue|late|past due|behind)",
        "[<has>] [any|anything|something] [<tasks>] [that is|that are] (overdue|late|past due) [<tasks>]",
        "(is|are) (anything|something|any tasks|any of my tasks|any) (overdue|late|past due)",
        "what (am i|have i) (late on|behind on|late with|missed|overdue on)",
        "am i (late|behind) (on|with) (anything|something)",
        "what did i miss",
        "(what|which) (tasks|to-dos|todos|things|items|deadlines) (have|did) i [already] (missed|miss"
        "|let slip) [the (deadline"
        "|due date) (for|of)]",
        "what should [already] (have been|be) [already] (done|finished|completed) [already|by now]",
        "what should i have (done|finished|completed) [already|by now]",
        "(is|are) (anything|something|any tasks) (behind|behind schedule|past its deadline|past due date)",
        kind="task",
        weight=1.05,
        overdue="yes",
    ),
    frame(
        "list",
        "<show> [me] [<all>] [of] [<my>] (done|completed|finished|checked off) [<tasks>]",
        "[<all>] [<my>] (done|completed|finished|checked off) <tasks>",
        "<show> [me] [<all>] [<my>] [already] (done|completed|finished|checked off|ticked off"
        "|crossed off) (ones|items|stuff)",
        "<show> [me] (what|everything|all|whatever) [that] i [have] [already] (done|did|completed"
        "|finished|checked off|ticked"
        " off|got done)",
        "<show> [me] (what|everything|all) [that] is [already] (done|completed|finished|checked off|ticked off)",
        (
            "what (have|did) (i|we) [already] (finish|finished|complete|completed|do|done|get done|got done"
            "|accomplish|accomplished|check off|checked off|tick off) [already|so far]"
        ),
        (
            "what (have|did) (i|we) [already] (finish|finished|complete|completed|do|done|get done|got done"
            "|accomplish|accomplished|check off|checked off) {past}"
        ),
        (
            "(what|which) (tasks|to-dos|todos|things|items) (have|did) i [already] (finish|finished|complete"
            "|completed|do|done|get done) [{past}]"
        ),
        "(what|which) (tasks|to-dos|todos|things|items) are [already] (done|completed|finished)",
        "what is [already] (done|completed|finished)",
        kind="task",
        weight=1.05,
        done="yes",
    ),
    frame(
        "list",
        "<show> [me] [<all>] [on|in|of] [<my>] {known} [list|tasks|items]",
        (
            "what (is|are|do i have|have i got|else is|all is|do i need) [left|still] (on|in|under"
            "|from) [<my>] {known} [list] [now]"
        ),
        "what is [on|in] [<my>] {known} [list]",
        "is there (anything|something) [left] (on|in) [<my>] {known} [list]",
        "(is|are) [<my>] {known} [list] (empty|done|clear|finished|long)",
        "<has> (anything|something|any tasks|any items) [left] (on|in) [<my>] {known} [list]",
        "what do i (need|have) to (buy|get|do) (for|from|on|in|at) [<my>] {known} [list]",
        "[<show>] [me] what (i have|do i have|is there|there is) (in|on|under) [<my>] {known} [list]",
        "[<my>] {known} list",
        "(what|which) (tasks|to-dos|todos|things|items) are [still] [open|left] (on|in) [<my>] {known} [list]",
        "[<show>] [me] [<all>] [<my>] [open] <tasks> (on|in|from|of|under|for) [<my>] {known} [list]",
        "what tasks are (on|in) [<my>] {known} [list]",
        kind="task",
        weight=1.04,
    ),
    frame(
        "list",
        "(<show>|search|search for|look for) [me] [<all>] [<my>] <task> for {about}",
        kind="task",
        weight=1.02,
        done="any",
    ),
    frame(
        "list",
        "(is|are) {about} (on|in) [<my>] (list|lists|<todolist>) [already]",
        "(is|are) {about} [already] (done|finished|completed|still open|open|overdue)",
        "(did|have) i [already] (add|added|put|write|written) {about} (to|on|in) [<my>] (list|<todolist>)",
        "(did|have) i [already] (add|added|finish|finished|complete|completed) {about} [yet|already]",
        "(do|did) i have a task (for|about|to|called|named) {about}",
        "<has> [a|any] <task> (for|about|to|called|named|on|with|that mentions) {about}",
        "when (is|are) {about} due",
        (
            "(<show>|search|search for|look for|what|which) [me] [<all>] [<my>] <task> (about|with|called|named|like"
            "|containing|mentioning|related to|that mention|that mentions|mention|mentions|contain|contains|is about"
            "|are about|have to do with|has to do with) {about}"
        ),
        "(find|search for|look for|where is|search) [<my>] [the] {about} (task|to-do|todo)",
        "(search|look) (in|through) my tasks for {about}",
        "(search|find|look) [for] {about} (in|on|among) [<my>] (tasks|to-dos|todo list|to-do list|task list|list)",
        kind="task",
        weight=1.03,
        done="any",
    ),
    frame(
        "list",
        "<show> [me] [<all>] [<tasks>] (on|in|from|of|under) [<my>] {known} [list] (that is|that are|which is"
        "|which are|i have|that i have|that has been|that have been) [already] (done|completed|finished|checked off"
        "|ticked off)",
        "<show> [me] [<all>] [<my>] (done|completed|finished) [<tasks>] (on|in|from|of|under) [<my>] {known} [list]",
        "(what|which) [<tasks>] (is|are|have i|did i) [already] (done|completed|finished|finish|do|complete) (on|in"
        "|from|under) [<my>] {known} [list]",
        "what (on|in|from|under) [<my>] {known} [list] is [already] (done|completed|finished)",
        kind="task",
        weight=1.1,
        done="yes",
    ),
    frame(
        "list",
        "when (do|does|must|should) [<my>] {about} (have to|need to|has to|be supposed to) be (ready|done|finished|in"
        "|handed in|submitted|paid|completed|sent|returned|delivered)",
        "when (must|should) [<my>] {about} be (ready|done|finished|in|handed in|submitted|paid|completed|sent"
        "|returned|delivered)",
        "by when (do|does) [<my>] {about} (have to|need to) be (ready|done|finished|in|handed in|submitted|paid"
        "|completed)",
        "by when (do|must|should) i [have to|need to] {about}",
        "when (do|must|should) i (have to|need to) {about} by",
        "(is|are|has|have) [<my>] {about} [been] [already] {participle} [yet|already]",
        kind="task",
        weight=0.95,
        done="any",
        found="yes",
    ),
    frame(
        "list",
        "(is there|are there|do i have|have i got) [any|anything|something] (about|on|with|for|regarding|concerning"
        "|mentioning|involving) {about} (in|on|among) [<my>] (<tasks>|<todolist>|list|lists)",
        "(is there|are there) [any|anything|something] (in|on|among) [<my>] (<tasks>|<todolist>|list|lists) (about"
        "|with|for|regarding|concerning|mentioning|involving) {about}",
        "(is|are) (anything|something|any tasks) (about|on|with|for|regarding|mentioning) {about} (in|on"
        "|among) [<my>] (<tasks>|<todolist>|list|lists)",
        "(anything|something) (in|on|among) [<my>] (<tasks>|<todolist>|list|lists) (about|with|regarding"
        "|concerning) {about}",
        kind="task",
        weight=1.1,
    ),
    frame(
        "list",
        "(did|have) i [already|ever] {deed} {about} [yet|already]",
        kind="task",
        weight=0.9,
        done="any",
    ),
    frame(
        "list",
        "do (i|we) [still|really|even] (need|have|got) to {about} [still]",
        "(must|should) i still {about}",
        "(is|are) {about} still (to do|left|pending|outstanding|unpaid|undone|not done|on my list|there)",
        "(do|did) i [still] have {about} (to do|left to do|on my list|on the list)",
        kind="task",
        weight=0.9,
        done="any",
        found="yes",
    ),
    frame(
        "list",
        "(<show>|describe|what is|what about|give me) [me] [about|more about|the details of|details of|details on"
        "|details about|details for|everything about] (task|to-do|todo|number|task number) {about}",
        "[the] [full|more] (details of|details on|details for|details about|info on|information on|notes of"
        "|notes on) [the] (task|to-do|todo|number|task number) {about}",
        kind="task",
        weight=1.12,
        found="yes",
        done="any",
    ),
    frame(
        "list",
        "what (is|do i have|have i got|is there|is still) [still] left to (buy|get|shop|shop for|purchase|pick up)",
        "what (do|should|must) (i|we) [still] [have|need|got] to (buy|get|shop for|purchase|pick up) [at the store"
        "|at the shop]",
        "what (do|should) (i|we) still need (to buy|from the store|from the shop|from the supermarket)",
        "what (am i|are we) (out of|buying|shopping for)",
        kind="task",
        weight=1.08,
        shopping="yes",
    ),
    frame(
        "list",
        "(is|are) {about} (on|in) [<my>] {known} [list] [already]",
        "do i (need|have) {about} (on|in) [<my>] {known} [list]",
        kind="task",
        weight=1.06,
    ),
    frame(
        "list",
        (
            "[<show>] [me] [<all>] [<my>] [open] (high|high-priority|top|top priority|high priority|important|urgent"
            "|most important) [priority] <tasks>"
        ),
        "<has> [any|some] [open] (high|high-priority|top|top-priority|important|urgent"
        "|pressing) [priority] <tasks> [left]",
        "[<has>|is|are] (anything|something|there anything) [of] (high|high-priority|top|important|urgent"
        "|pressing) [priority]",
        "(what|which) (tasks|to-dos|things|ones) (have|are|are of) (high|top) priority",
        (
            "what (is|are) [<my>] [most] (urgent|important|high priority|top priority|most important"
            "|most urgent) [tasks|things|task|thing]"
        ),
        "what (tasks|to-dos) (are|is) [most] (urgent|important|high priority)",
        kind="task",
        weight=1.03,
        priority="high",
    ),
    frame(
        "list",
        (
            "how many <tasks> (do i have|are there|have i got|are left|are open|remain|are on my list|are due) [left"
            "|open|in total|to do|altogether|now]"
        ),
        "how many [open|outstanding] <tasks> (do i have|are there|have i got|are left|remain) [left|open|to do]",
        "(count|number of) [<my>] [open] <tasks>",
        "how (long|full) is my (<todolist>|list)",
        "how many <tasks>",
        kind="task",
        weight=1.04,
        count="yes",
    ),
    frame(
        "list",
        "how many <tasks> (do i have|are there|have i got|are left|are due|are) [due|left|open] [on|for|by|in] {range}",
        "how many (things|tasks|to-dos) (do i have|have i got|are) to do [on|for|by|in] {range}",
        kind="task",
        weight=1.05,
        count="yes",
    ),
    frame(
        "list",
        (
            "how many (tasks|to-dos|items|things) (are|do i have|have i got|are there) [left] (on"
            "|in) [<my>] {known} [list]"
        ),
        kind="task",
        weight=1.06,
        count="yes",
    ),
    frame(
        "list",
        "how many (overdue|late) <tasks> (do i have|are there|have i got)",
        "how many (of my tasks|tasks) are (overdue|late)",
        kind="task",
        weight=1.06,
        count="yes",
        overdue="yes",
    ),
    frame(
        "list",
        (
            "how many [<tasks>] (have|did) i [already] (finish|finished|done|do|complete|completed) [today|this week"
            "|yesterday|so far]"
        ),
        "how many (done|completed|finished) <tasks> (do i have|are there|have i got)",
        kind="task",
        weight=1.06,
        count="yes",
        done="yes",
    ),
    frame(
        "list",
        "[<show>] [me] [<all>] [<my>] lists",
        "(what|which) lists (do i have|are there|have i got)",
        "what are my lists",
        "how many lists do i have",
        weight=1.1,
        lists="yes",
    ),
)
