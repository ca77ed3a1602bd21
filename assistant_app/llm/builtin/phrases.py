"""Small talk as data: the phrases that mean the same, and the reply to them."""

_ABILITIES = """I am Steward's built-in assistant. I work without a key and without the internet, and I can

- keep your tasks and lists: *Add milk to groceries*, *what is due this week?*, *I paid the rent*
- remind you: *Remind me to call mom tomorrow at 5*
- keep your calendar: *Lunch with Sam on Friday at 12*, *what is on tomorrow?*
- change it all by plain words: *push it to Friday*, *complete 3 and 5*, *undo that*
- tell the time and the date, here and elsewhere: *What time is it in Tokyo?*
- count days: *How many days until Christmas?*
- calculate: *What is 15% of 80?*
- search our past chats: *What did I say about the boiler?*

{more}"""

SMALLTALK: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "(hi|hello|hey|hiya|howdy|yo|greetings|hallo|ciao|hola|salut) [there|again|steward|assistant|everyone]",
            "(hi|hello|hey) (hi|hello|hey)",
            "good (morning|afternoon|evening|day) [to you] [steward|there]",
            "morning",
            "(what is up|sup|wassup)",
        ),
        "{greeting}{name}. What can I do for you?",
    ),
    (
        (
            "[and] how are you [doing|feeling] [today|now]",
            "how is it going",
            "how are things",
            "how do you do",
            "how (is|was) your day [going]",
            "are you (ok|okay|well|fine)",
            "you (ok|okay|good)",
        ),
        "All is well here, thank you{name}. What can I do for you?",
    ),
    (
        (
            "(thanks|thank you|thx|ty|thank|tysm) [so|very] [much] [a lot|again|indeed] [steward]",
            "(thanks|thank you) (a lot|a bunch|a million|so much|very much) [steward]",
            "(thanks|thank you) for (that|this|everything|it|your help|the help|helping|the answer|the info)",
            "many thanks",
            "much appreciated",
            "[i] appreciate (it|that|your help)",
            "cheers",
            "that (helps|helped) [a lot]",
            "(ok|okay|great|perfect) (thanks|thank you)",
        ),
        "You are welcome{name}.",
    ),
    (
        (
            "(bye|goodbye|good bye|farewell|cya|so long|bye bye|adieu) [then|now|for now|steward]",
            "good night [steward]",
            "see (you|ya) [later|soon|tomorrow|around|then]",
            "(talk|speak) to you (later|soon|tomorrow)",
            "have a (good|nice|great) (day|evening|night|weekend|one)",
            "i (have|need) to go [now]",
            "that is all [for (now|today)]",
        ),
        "Goodbye{name}. Your chats stay here.",
    ),
    (
        (
            "who are you",
            "what are you",
            "(what is|tell me) your name",
            "your name",
            "what (should|can|do) i call you",
            "do you have a name",
            "how are you called",
            "introduce yourself",
            "who am i (talking|speaking|chatting) (to|with)",
            "(what|which) (model|ai|llm|bot|assistant) (are you|is this|am i talking to|am i using|do you use)",
            (
                "are you [a|an|the] [real] (bot|robot|ai|human|person|machine|language model|llm|chatgpt"
                "|gpt|claude|gemini"
                "|assistant|real|alive|computer|model)"
            ),
            "(who|what) (made|created|built) you",
        ),
        (
            "I am Steward's built-in assistant: a set of rules, no language model. I work without a key and without the"
            " "
            "internet. {more}"
        ),
    ),
    (
        (
            "help [me] [out]",
            "i need [some|your] help",
            "what can (you|steward|i) do [for me|here|with you|with this]",
            "what (else|all) can you do",
            "what do you do",
            "what are you (able to do|capable of|good (at|for))",
            "(how|what) can you help [me] [with]",
            "(how|what) (can|could) you (help|assist) me [with]",
            "can you help [me] [out]",
            "what are your (skills|features|capabilities|functions|abilities|commands)",
            "what can i (ask|say) [you|to you|here]",
            "what do you (know|understand)",
            "how (does this|do you) work",
            "how (do|can|should) i use (this|you|steward)",
            "(commands|features|menu|options)",
        ),
        _ABILITIES,
    ),
    (
        (
            "what is my name",
            "my name",
            "who am i",
            "do you know (my name|who i am)",
            "(say|remember) my name",
            "do you remember (me|my name)",
            "what do you call me",
        ),
        "{you_are} You can change how I call you under [Settings > Profile](/settings/profile).",
    ),
    (
        (
            (
                "how (do|can) i (connect|add|use|set up|get|choose|pick|switch|change|select) [to] [a|an"
                "|another|other|the"
                "|my|more|different|better|real] [new|other|language|different|better|local] (model|models|llm|ai|key"
                "|api key|ollama|provider|openai|claude|gemini|mistral|llama)"
            ),
            "(connect|add|switch|change|use) [to] (a|another|a different|a new|the) (model|provider|api key)",
            "how (do|can) i (change|switch) [the] (model|models)",
            "where (do|can) i (put|enter|add) (my|the|an) [api] key",
        ),
        (
            "Under [Settings > Models](/settings/models) you connect a provider with its API key, or a server of your "
            "own, such as Ollama, with its address. After that its models are in the model selector."
        ),
    ),
    (
        (
            (
                "(ok|okay|k|cool|great|nice|fine|alright|all right|perfect|awesome|excellent|wonderful"
                "|super|good|right|sure"
                "|got it|i see|understood|very good|very well|sounds good|good to know|makes sense"
                "|interesting|wow|amazing)"
            ),
            "that is (great|good|cool|nice|fine|perfect|right|correct|amazing|awesome)",
        ),
        "Good. Tell me when there is something else.",
    ),
    (
        ("(yes|no|yep|yeah|nope|nah|maybe|of course|not really|no thanks|no thank you|never mind|nevermind)",),
        "All right. There is no question open between us, so nothing changes.",
    ),
    (
        ("[i am] [so|very|really] sorry [about that]", "my (bad|mistake)", "(oops|apologies)"),
        "No harm done.",
    ),
    (
        (
            "you are [so|very|really] (great|good|nice|awesome|amazing|helpful|smart|clever|kind|the best|cool|sweet)",
            "(good|great|nice|well) (job|work|done|bot)",
            "i (love|like) (you|it|this)",
        ),
        "That is kind of you{name}.",
    ),
)
