"""Words that tell a time that is meant from one that belongs to a title, as data."""

DETERMINERS = frozenset({
    "the", "a", "an", "my", "our", "your", "his", "her", "their", "its", "that", "those", "these", "some", "any",
    "no", "another", "which", "what", "whose", "tom's", "mom's", "dad's",
})  # fmt: skip
# Words that a noun phrase does not begin with: what stands before them has ended.
FUNCTION_WORDS = frozenset({
    "to", "for", "with", "at", "on", "in", "by", "from", "of", "about", "and", "or", "but", "then", "so", "because",
    "that", "if", "when", "while", "before", "after", "until", "as", "via", "near", "the", "a", "an", "my", "our",
    "your", "his", "her", "their", "this", "these", "those", "i", "we", "you", "he", "she", "they", "it", "is",
    "are", "was", "will", "would", "should", "can", "could", "must", "do", "does", "not", "please", "pls", "thanks",
    "too", "also", "instead", "again", "unless", "without", "within", "regarding", "re", "me", "him", "them", "us",
    "plus", "than", "like", "off", "up", "out", "over", "into", "onto", "through", "between", "under", "around",
    "every", "each", "there", "here", "somewhere", "maybe", "next", "last", "both", "all", "yes", "no", "ok",
    "okay", "just", "only", "even", "already", "asap", "alone", "together", "it's", "i'm", "what", "who",
})  # fmt: skip
# What people tell themselves to do. A time before one of these is the time of doing it.
VERBS = frozenset({
    "add", "answer", "arrange", "ask", "attend", "backup", "bake", "be", "bike", "book", "borrow", "bring", "brush",
    "build", "buy", "call", "cancel", "catch", "change", "charge", "check", "choose", "clean", "clear", "close",
    "collect", "complete", "compare", "confirm", "contact", "cook", "copy", "count", "create", "cut", "defrost",
    "deliver", "deposit", "discuss", "do", "download", "draft", "draw", "drink", "drive", "drop", "dust", "eat",
    "email", "empty", "exercise", "feed", "file", "fill", "finalize", "finalise", "find", "finish", "fix", "fly",
    "fold", "follow", "format", "get", "give", "go", "grab", "have", "help", "hire", "hoover", "install", "invite",
    "iron", "join", "jog", "leave", "lift", "listen", "lock", "look", "mail", "make", "measure", "meditate", "meet",
    "message", "move", "mow", "note", "open", "order", "organise", "organize", "pack", "paint", "park", "pay",
    "phone", "pick", "plan", "plant", "play", "plug", "polish", "post", "practice", "practise", "prepare", "prep",
    "present", "print", "push", "put", "read", "reboot", "rebook", "record", "refill", "register", "remind",
    "remember", "rename", "renew", "rent", "repair", "replace", "reply", "report", "request", "reschedule",
    "research", "reserve", "respond", "restart", "return", "review", "ring", "rinse", "run", "save", "schedule",
    "scan", "see", "sell", "send", "set", "shop", "shovel", "shower", "sign", "skype", "sort", "speak", "start",
    "stop", "stretch", "study", "submit", "sweep", "swim", "take", "talk", "teach", "tell", "text", "thank",
    "throw", "tidy", "train", "transfer", "translate", "treat", "trim", "try", "turn", "unplug", "unpack", "update",
    "upgrade", "upload", "use", "vacuum", "visit", "vote", "wake", "walk", "wash", "watch", "water", "whatsapp",
    "wipe", "wish", "work", "wrap", "write", "zoom", "celebrate", "hand", "hang", "learn", "cross", "mark",
    "delete", "remove", "show", "list", "snooze", "postpone", "delay", "ship", "pray", "begin",
})  # fmt: skip
# Behind one of these stands the name of a work, and names hold days.
MEDIA_VERBS = frozenset({"watch", "read", "play", "stream", "rent", "see", "rewatch", "reread", "record", "download"})
# "Sunday roast" is a dish whenever it is eaten.
AFTER_WEEKDAY = frozenset({
    "roast", "times", "telegraph", "mirror", "paper", "papers", "newspaper", "newsletter", "school", "market",
    "blues", "best", "night", "mass", "service", "league", "club", "shirt", "driver", "addams", "fever", "lights",
    "football", "gravy", "funday", "sale", "deals", "motivation", "morning's", "crossword", "edition", "special",
    "brunch", "lunch", "dinner", "meeting", "standup", "report", "review", "routine", "chores", "shopping", "pizza",
    "drinks", "planning", "checklist", "prep", "class", "session", "shift", "game", "quiz", "bloody",
})  # fmt: skip
# Times of day that name a thing with the word behind them.
AFTER_PART = frozenset({"snack", "run", "sun", "oil", "express", "mass", "train", "movie", "cowboy", "tea", "show"})
BEFORE_WEEKDAY = frozenset({
    "black", "cyber", "good", "ash", "palm", "shrove", "fat", "giving", "taco", "casual", "bloody", "freaky",
    "manic", "throwback", "super", "bowl", "ruby", "sheffield", "girl", "man", "easter", "maundy", "holy", "green",
    "spy", "blue", "happy", "sweet", "meatless", "pancake", "joe", "stormy", "blessed", "small",
})  # fmt: skip
# A number that names an amount.
AMOUNTS = frozenset({
    "percent", "euro", "dollar", "bucks", "pound", "km", "kilometer", "kilometre", "mile", "kg", "gram", "g",
    "liter", "litre", "l", "ml", "cm", "m", "mm", "meter", "metre", "degree", "cup", "teaspoon", "tablespoon",
    "piece", "person", "people", "kid", "child", "children", "different", "of", "inch", "foot", "feet", "x", "more",
    "other", "new", "pm2", "street", "avenue", "road", "lane", "main", "st", "point", "star", "mph", "kmh", "fps",
    "volt", "watt", "men", "women", "am/pm", "per", "hundred", "thousand", "million", "times", "loaf", "loaves",
    "dozen", "big", "small",
})  # fmt: skip
# Verbs whose "by 5" is a number.
COUNTING_VERBS = frozenset({
    "multiply", "multiplied", "divide", "divided", "increase", "increased", "reduce", "reduced", "raise", "raised",
    "cut", "grow", "grown", "lower", "lowered", "decrease", "scale", "times",
})  # fmt: skip
NAMES = frozenset({"24/7", "9/11", "7/11", "50/50", "1/2", "1/4", "3/4"})
