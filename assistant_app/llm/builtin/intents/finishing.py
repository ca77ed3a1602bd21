"""Phrases that finish, open again, delete, empty and undo."""

from assistant_app.llm.builtin.intents.frame import frame

COMPLETING = (
    frame(
        "complete",
        "(mark|set|count|flag|consider|call|tag) {object} <done>",
        "(mark|set|count|flag|consider|call) {object} (as|to|to be|as being) <done>",
        "(mark|set) as <done> {object}",
        "(mark|flag) <done> {object}",
        "(check|tick|cross|strike|mark|scratch) {object} off",
        "(check|tick|cross|strike|mark|scratch) {object} (off|out) [of] [from] [<my>] <todolist>",
        "(check|tick|cross|strike|mark|scratch) {object} (off|out) [of] [from] [<my>] list",
        "(check|tick|cross|strike|mark|scratch) {object} (off|out) [of] [from] [<my>] {list} list",
        "(check|tick|cross|strike|mark|scratch) {object} off [of] [from] [<my>] {known}",
        "put a (check|tick|checkmark) (on|next to|beside) {object}",
        "(mark|set|flag|tick|check|tick off|check off|cross off) {object} [off] (as|as being|as now)"
        " [already] {participle}",
        "<complete> {object}",
        kind="task",
    ),
    frame(
        "complete",
        "(mark|set|flag) [it|this|that] [as] (done|complete|completed|finished)",
        "(tick|check|cross|close|finish|complete) [it|this|that] [off|out]",
        "[i|we] got (it|that|this|that one|this one) [all] done",
        kind="task",
        weight=1.05,
        object="it",
    ),
    frame(
        "complete", "(done already|already done|already did it|did that already)", kind="task", object="it", told="yes"
    ),
    frame(
        "complete",
        "(i am|we are) [all|already|finally|now] (done|finished|through|ready) (with|doing) {object}",
        "[all] (done|finished) with {object}",
        (
            "{object} (is|are|was|were|has been|have been|got) [all|already|now|finally] (done|complete|completed"
            "|finished)"
        ),
        "{object} (is|are) [already|all] (taken care of|sorted|dealt with|out of the way|done and dusted|wrapped up)",
        "{object} (is|are) no longer (open|pending|outstanding|to do)",
        "(done|completed|finished) {object}",
        "{object} [all|already|now|finally] (done|complete|completed|finished|✓|✔)",
        "{object} (is|are) [already|now] (finish|complete)",
        "{object} (can|could|may|should) [now] be (closed|ticked off|ticked|checked off|crossed off|completed|marked as"
        " done|marked done)",
        kind="task",
        weight=0.9,
        told="yes",
    ),
)
REOPENING = (
    frame(
        "reopen",
        "(put|place|add|stick|get) {object} back (on|in|into|onto|to) [<my>] (<todolist>|list)",
        "(put|place|add|stick|get) {object} back (on|in|into|onto|to) [<my>] {known} [list]",
        kind="task",
        weight=1.2,
    ),
    frame(
        "reopen",
        (
            "(reopen|re-open|uncheck|untick|restore|reactivate|unmark|uncomplete|un-complete|undelete|open) {object} "
            "[again]"
        ),
        "(mark|set|put) {object} [back] [as|to] <open> [again]",
        "(mark|set|put) {object} [back] (as|to) <open> [again]",
        "(bring|put|move) {object} back [to (the|my) list|on (the|my) list]",
        "(mark|set|flag) {object} as not [yet] {participle} [yet]",
        "bring back {object}",
        "(undo|revert|take back) (completing|finishing|ticking off|checking off|closing) [off] {object}",
        "(undo|revert|take back) the completion of {object}",
        kind="task",
        weight=1.02,
    ),
    frame(
        "reopen",
        (
            "{object} (is|are|was|were) not [really|actually] (done|finished|complete|completed) [yet] [after all"
            "|actually]"
        ),
        (
            "i (did|have) not [really|actually] (finish|finished|do|done|complete|completed) {object} [yet] [after "
            "all|actually]"
        ),
        "i am not (done|finished) with {object} [yet] [after all|actually]",
        "{object} is still (open|not done|undone|unfinished|pending)",
        "(i|we) did not [really|actually] {object} after all",
        "{object} (is|are|was|were|has|have) not [been] [really|actually] {participle} (yet|after all)",
        "{object} (should|must|has to|needs to) be (open|active|undone|reopened|unchecked) [again]",
        "i (did|have) not (actually|really) {deed} {object} [yet] [after all]",
        kind="task",
        weight=0.9,
        told="yes",
    ),
)
DELETING = (
    frame(
        "delete",
        "<delete> {object}",
        "(delete|remove|erase|drop|scrap|take|get) {object} (from|off|off of|out of) [<my>] (list|lists)",
        "(delete|remove|erase|drop|scrap|take) {object} (from|off|off of|out of) [<my>] {list} list",
        "(delete|remove|erase|drop|scrap|take) {object} (from|off|off of|out of) [<my>] {known}",
        "(throw|toss) {object} (out|away)",
        "{object} (can|could|may|should) [now] be (deleted|removed|cancelled|canceled|erased|dropped|taken off)",
        "{object} (can|could|may|should) [now] be (deleted|removed|erased|dropped|taken) (from|off) [<my>] (list"
        "|<todolist>|<calendar>)",
        "i (no longer need|do not need) {object} [anymore|any more|any longer]",
        "no need to {object} (anymore|any more|any longer)",
        "(i|we) (do not have|do not need|need not|no longer have|no longer need) [to] {object} (anymore"
        "|any more|any longer)",
        "(i|we) no longer (have|need) to {object}",
        "(i|we) (do not|no longer) want {object} (on|in) [<my>] (list|<todolist>) [anymore|any more|any longer]",
        "forget [about] (task|reminder|event|appointment|meeting) {object}",
        "(take|get) {object} (off|away|down)",
        "call {object} off",
        "(turn|switch) off {object}",
    ),
    frame(
        "delete",
        "(do not|stop) remind me (of|about|to) {object} [anymore|any more|again]",
        "you (do not have to|do not need to|need not|can stop) (remind|reminding) me (of|about|to) {object}"
        " [anymore|any more|again]",
        "i (no longer|do not) want to be reminded (of|about|to) {object} [anymore|any more|any longer]",
        "[there is|i have got|i have] no need to remind me (of|about|to) {object} [anymore|any more|again]",
        "stop reminding me (of|about|to) {object}",
        "you (do not|no longer) (need|have) to remind me (of|about|to) {object} [anymore|any more|any longer]",
        "no need to remind me (of|about|to) {object} (anymore|any more|any longer)",
        "(i|we) (do not|no longer) (need|want) to be reminded (of|about|to) {object} [anymore|any more|any longer]",
        declined="yes",
    ),
    frame(
        "delete",
        "{object} (is|was|has been|got|gets) [now|just] (cancelled|canceled|called off|off) [now|after all]",
        "{object} (is not|is no longer) (happening|taking place|on|going ahead) [anymore|any more|after all]",
        kind="event",
        weight=0.9,
        told="yes",
    ),
    frame("delete", "(scratch|strike|skip|pass on) {object}", kind="event", weight=0.9),
    frame(
        "delete",
        (
            "(delete|remove|erase|drop|scrap|take|pull|get|clear|strike|cross) {object} (from|off|off of|out of) "
            "[<my>] <calendar>"
        ),
        (
            "(delete|remove|erase|drop|scrap|take|pull|get|clear|strike|cross) {object} (from|off|off of|out of) "
            "[<my>] <calendar> (for|on) {range}"
        ),
        kind="event",
        weight=1.1,
    ),
    frame(
        "delete",
        "(delete|remove|erase|drop|scrap|take|pull|get) {object} (from|off|off of|out of) [<my>] <todolist>",
        kind="task",
        weight=1.1,
    ),
    frame(
        "delete",
        "no more reminders (about|for|of|to|on) {object}",
        "(delete|remove|erase|drop|scrap|take|pull) {object} (from|off|off of|out of) [<my>] reminders",
        "<delete> [<my>] reminder (for|about|to|of) {object}",
        "no more {object} (reminder|reminders|alarm|alarms)",
        "(turn|switch) off [<my>] (reminder|alarm) [for|about|to|of] {object}",
        kind="reminder",
        weight=1.1,
    ),
)
CLEARING = (
    frame(
        "clear",
        "<clear> [out|up|away] [<all>] [of] [<my>] [already]"
        " (checked off|ticked off|crossed off|old completed|done|completed|finished|checked|ticked)"
        " [<task>|ones|stuff|things|entries]",
        "<clear> [out|up|away] [<all>] [of] [<my>] <task> (that are|which are|that is|which is|i have|i|that i have"
        "|which i have|that have been|which have been|that has been|which has been|that i|which i"
        "|marked) [already|all] [been] [marked|ticked] [as]"
        " (done|completed|finished|complete|ticked off|checked off|crossed off|closed|checked|ticked)",
        "<clear> [out|up|away] (everything|what|whatever|anything|all|all that|the ones|those|the things|the stuff)"
        " [that is|that are|which is|which are|that has been|is|are|i have|that i have|i] [already|all] [been]"
        " (done|completed|finished|ticked|checked|crossed|closed) [off] [already]",
        "(<clear>|empty|empty out) [out|up] [<my>] (done|completed|finished) list",
        weight=1.2,
        which="done",
    ),
    frame(
        "clear",
        "<clear> [out|up|away] [<all>] [of] [<my>] [already] (crossed off|ticked off|checked off|done"
        "|completed|finished"
        "|checked|ticked) [<task>|ones|stuff|things|entries] (from|in|on|off|out of) [<my>] {list}",
        "<clear> [out|up|away] (everything|what|whatever|all) [that is|that are|is|i have|that i have] [already]"
        " (done|completed|finished|ticked off|checked off) (from|in|on|off|out of) [<my>] {list}",
        "(clear|clear out|clean up|delete|remove|erase|purge|wipe) (done|completed|finished) [<my>] {list}",
        "<clear> [out|up|away] [<all>] [of] [<my>] (done|completed|finished|checked off|ticked off) {known} (<tasks>)",
        weight=1.22,
        which="done",
    ),
    frame(
        "clear",
        "(clear|clear out|empty|empty out|wipe|purge|reset|clean out) [out] [<my>] {list} list",
        "(clear|empty|wipe|purge|reset|clear out|empty out) [<my>] {known}",
        "(wipe|sweep|scrub|clear) [<my>] {known} [list] (clean|out|empty)",
        "(<clear>|take|get) [out] (everything|all|all tasks|all items|all the tasks|all the items"
        "|all of the tasks|all of the"
        " items|every task|every item|every single item|all things|all the things)"
        " [that is|that are] (on|from|in|off|out of) [<my>] {list} [list]",
        weight=1.15,
        which="all",
    ),
    frame(
        "clear",
        (
            "(clear|clear out|empty|delete|remove|erase|wipe|purge|trash) (all|all of|every|each) [of] [<my>] [open] "
            "<task>"
        ),
        "(clear|clear out|empty|wipe|purge) [<my>] <todolist>",
        "(delete|remove|clear|erase|wipe) everything (on|from|in|off) [<my>] <todolist>",
        "(delete|remove|clear|erase|wipe) [<my>] (tasks|to-dos|whole to-do list|entire to-do list|whole todo list)",
        weight=1.2,
        which="all",
    ),
    frame(
        "delete_list",
        "<delete> [<my>] [whole|entire] {list} list"
        " [entirely|completely|altogether|for good|permanently|forever|itself|as a whole]",
        "<delete> [<my>] list [called|named] {list}",
        weight=1.12,
    ),
)
UNDOING = (
    frame(
        "undo",
        "(undo|revert|reverse|roll back|rollback|take back) (everything|all|it all|all of it|all of that|all"
        " that|all changes"
        "|every change|all your changes|all my changes|all the changes|all of this|the whole thing|the lot)"
        " [you did|you have done|you just did|we did|i did|from today|today|in this chat|in this"
        " conversation|here|again]",
        weight=1.2,
        count="all",
    ),
    frame(
        "undo",
        "(undo|revert|reverse|roll back|rollback|take back|no undo|no wait undo|oops undo|undo that|scratch"
        "|unsend) [that|it|this|the last one|what you did"
        "|what you just did|the last thing|the last action|the last change|your last action|your last change|my "
        "last action"
        "|my last change|the last step|last|last one|last action|last change|the deletion"
        "|the change|the last thing you did|that last one|that last change|that one|please]",
        "(take|roll|bring|put|turn) (that|it|this|the last one|the last change) back",
        "(cancel|discard|drop|forget|remove) (that|the|my|your|this) last (change|action|edit|step)",
        (
            "(put|change|turn|set|bring) (it|that|them) back [to] [how|what|the way] [it was|they were|to how it was"
            "|as it was]"
        ),
        "(oops|whoops|ups|oh no|no|wait|hmm|sorry) undo [that|it]",
        "(that was|it was) (a mistake|wrong|an accident) [undo it|undo that|undo]",
        "i did not (mean|want) (that|to do that) [undo it|undo that|undo]",
        "(ctrl|control|cmd) z",
        weight=1.1,
        count="1",
    ),
    frame(
        "undo",
        (
            "(undo|revert|reverse|roll back|take back) [the|my|your] (last|previous|past|latest) {count} [actions"
            "|changes|things|steps|ones|edits]"
        ),
        (
            "(undo|revert|reverse|roll back|take back) [those|these|the] {count} [actions|changes|things|steps|of "
            "them|edits]"
        ),
        "(undo|revert|reverse|take back) {count} (actions|changes|things|steps|times|edits)",
        "(undo|revert|reverse|take back) (both|them both|both of them|both of those)",
        weight=1.12,
    ),
)
FINISHING = (*COMPLETING, *REOPENING, *DELETING, *CLEARING, *UNDOING)
