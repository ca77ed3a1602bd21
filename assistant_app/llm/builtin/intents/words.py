"""Words that can stand for each other in the phrases of the tables, where they are written `<name>`."""

WORDS: dict[str, str] = {
    "a": "a|an|another|one more|the|this|that|my|our",
    "my": "my|the|our|this|that|his|her|their|your",
    "all": "all|everything|every|each|all of|any",
    "task": "subtask|sub-task|action item|something i (must|have to|need to|should) do|something to do|task|tasks"
    "|to-do|to-dos|todo|to do|to dos"
    "|item|items|errand|errands|chore|chores|thing to do|things to do",
    "tasks": "tasks|to-dos|to dos|todo|to-do|to do|items|errands|chores|things|stuff|things to do|stuff to do",
    "reminder": "reminder|reminders|alarm|alarms|alert|alerts",
    "event": "event|events|appointment|appointments|meeting|meetings|calendar entry|calendar event|calendar events",
    "calendar": "calendar|agenda|schedule|diary|planner",
    "todolist": (
        "to-do list|todo list|to do list|task list|tasks list|list of tasks|list of to-dos|tasks|to-dos|to dos"
        "|todo|to-do|things to do|things i (need|have|must|ought|want) [to] do|stuff i (need|have) to do"
    ),
    "add": (
        "add|create|make|put|enter|insert|write down|jot down|note down|log|record|put in|put down|start|set up|track"
    ),
    "put": "add|put|write|stick|pop|throw|chuck|place|include|enter|insert|jot|create|make|write down|put down|get",
    "schedule": (
        "schedule|book|plan|arrange|organize|organise|set up|pencil in|block off|block out|block|reserve|keep free"
        "|fix|put in"
    ),
    "done": "done|complete|completed|finished|as done|as complete|as completed|as finished|ready|checked|off",
    "open": (
        "not done|undone|open|incomplete|uncompleted|unfinished|not finished|not complete|not completed|unchecked"
        "|active|pending|outstanding|to-do|todo"
    ),
    "complete": (
        "close out|complete|finish|check off|tick off|cross off|cross out|strike off|strike out|strike through"
        "|check|tick|close"
        "|mark off|scratch off|close out|wrap up"
    ),
    "delete": (
        "delete|remove|erase|drop|scrap|trash|discard|get rid of|throw away|throw out|kill|bin|cancel|call off"
        "|dismiss|nix|axe|ditch|wipe|eliminate|rm|del"
    ),
    "clear": (
        "clear|clear out|clear away|clean up|clean out|delete|remove|erase|purge|wipe|wipe out|drop|get rid"
        " of|bin|trash"
        "|discard|throw out|throw away|sweep|sweep away|sweep up|tidy away|archive"
    ),
    "move": (
        "move|push|reschedule|shift|postpone|delay|bump|change|bring|put off|push back|push out|defer|set|reset"
        "|move back|move forward|bring forward|push forward|put back|switch|adjust|pull|slide|update|carry"
    ),
    "show": (
        "have a look at|take a look at|show|list|display|see|view|read|give|tell|get|pull up|bring up|print"
        "|read out|open|check|look at|go through|find"
    ),
    "priority": (
        "high|low|medium|normal|top|highest|lowest|urgent|important|no|none|regular|critical|very high|very low"
    ),
    "has": "do i have|have i got|do we have|have we got|is there|are there|i have|i've got",
}
