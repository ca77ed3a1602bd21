"""Verbs that an errand begins with, in the form of an order; with a time beside them they are a task by themselves."""

# What the assistant can't do itself, so that it can only be meant as something to be remembered.
ERRANDS = frozenset({
    "buy", "pay", "pick", "fetch", "grab", "clean", "wash", "water", "feed", "walk", "cook", "bake", "vacuum", "mop",
    "iron",
    "fold", "mow", "paint", "plant", "repair", "fix", "return", "renew", "collect", "drop", "ship", "visit", "meet",
    "call",
    "phone", "ring", "text", "email", "mail", "pack", "unpack", "empty", "charge", "order", "wrap", "sign", "file",
    "submit", "prepare", "study", "practice", "practise", "exercise", "sweep", "dust", "rake", "shovel", "tidy",
    "defrost",
    "descale", "replace", "install", "measure", "hang", "assemble", "donate", "sell", "lend", "borrow", "apply",
    "register",
    "attend", "invite", "thank", "congratulate", "check", "review", "finish", "read", "take", "put", "bring", "send",
    "write",
    "get", "make", "do", "go", "drink", "eat", "stretch", "meditate", "run", "swim", "refill", "refuel", "rotate",
    "change",
    "update", "backup", "back", "print", "scan", "sharpen", "trim", "cut", "deliver", "transfer", "deposit", "withdraw",
    "cancel", "confirm", "ask", "talk", "speak", "reply", "respond", "follow", "look", "find", "organize", "organise",
    "declutter", "sort", "recycle", "hand", "turn", "switch", "close", "open", "lock", "start", "prep", "work", "stop",
    "watch", "learn", "rehearse", "brush", "shave", "bathe", "groom", "vote", "claim", "declare", "complete", "hoover",
    "discuss", "draft", "edit", "upload", "download", "reorder", "restock", "contact", "message", "catch", "leave",
    "be",
})  # fmt: skip
# Those of them that a person could mean as an order to the assistant, or that mean much beside errands.
UNCLEAR = frozenset({
    "write", "read", "get", "make", "do", "go", "check", "change", "update", "back", "ask", "talk", "speak", "reply",
    "respond", "follow", "look", "find", "turn", "switch", "open", "start", "stop", "watch", "learn", "run", "take",
    "put",
    "bring", "send", "draft", "edit", "discuss", "work", "cancel", "finish", "complete", "close", "be", "leave",
    "catch",
    "review", "prepare", "organize", "organise", "sort", "text", "email", "message", "call", "claim", "vote", "eat",
    "drink",
    "cut", "print", "scan", "file", "sign", "study", "download", "upload", "confirm", "contact", "thank", "hand",
    "hang",
    "congratulate", "attend", "phone", "ring", "mail",
})  # fmt: skip
