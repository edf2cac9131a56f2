"""Phrases: the many ways in which captions name each entry of the vocabulary."""

from __future__ import annotations

Choices = tuple[str, ...]

PLACE_NOUNS: dict[str, Choices] = {
    "beach": ("beach", "beach", "sandy beach", "seashore", "shore", "seaside", "coast"),
    "forest": ("forest", "forest", "woods", "pine forest", "deep forest", "woodland"),
    "city street": ("city street", "city", "street", "alley", "downtown", "town street", "avenue"),
    "mountains": ("mountains", "mountains", "mountain pass", "snowy peaks", "mountain valley"),
    "room": ("room", "room", "interior", "living room", "inside a house", "bedroom", "kitchen"),
    "desert": ("desert", "desert", "sand dunes", "dunes", "sandy desert", "cactus desert"),
    "sea": ("sea", "sea", "ocean", "open sea", "open water", "ocean waves"),
    "village": ("village", "village", "small village", "hamlet", "village street", "small town"),
    "field": ("field", "field", "meadow", "steppe", "wheat field", "farmland", "grassland"),
    "cave": ("cave", "cave", "cavern", "dark cave", "inside a cave", "grotto", "tunnel"),
}
PLACE_PHRASES: dict[str, Choices] = {
    "beach": ("on the beach", "on a beach", "by the sea", "on the shore", "at the seaside",
              "by the shore", "on the sand", "at the coast"),
    "forest": ("in the forest", "in a forest", "in the woods", "among the trees",
               "deep in the forest", "in a pine forest"),
    "city street": ("on a city street", "in the city", "on the street", "in an alley", "downtown",
                    "in the town", "on an avenue"),
    "mountains": ("in the mountains", "in the mountains", "on a mountain pass",
                  "in front of the mountains", "below snowy peaks", "in a mountain valley"),
    "room": ("in a room", "in the room", "indoors", "at home", "inside the house",
             "in the living room", "in the kitchen", "in a bedroom"),
    "desert": ("in the desert", "in a desert", "among the dunes", "on the sand dunes",
               "in the sandy desert", "in a desert with a cactus"),
    "sea": ("at sea", "on the sea", "on the ocean", "out at sea", "on the open sea",
            "on the open water", "on a raft at sea"),
    "village": ("in the village", "in a village", "in a small village", "in a small town",
                "between the village houses", "on a village street"),
    "field": ("in a field", "in the field", "in a meadow", "on the steppe", "in a wheat field",
              "on the farm", "in the tall grass"),
    "cave": ("in a cave", "in the cave", "inside a cave", "in a dark cave", "in a cavern",
             "in a tunnel", "in the mouth of a cave"),
}  # fmt: skip
TIME_NOUNS: dict[str, Choices] = {
    "day": ("day", "day", "daytime", "daylight", "sunny day", "noon", "morning", "clear sky"),
    "night": ("night", "night", "midnight", "moonlight", "starry night", "dark night"),
    "sunset": ("sunset", "sunset", "dusk", "golden hour", "evening", "sunrise", "dawn"),
    "rain": ("rain", "rain", "rainy day", "heavy rain", "storm", "rainy weather", "downpour"),
}
TIME_PHRASES: dict[str, Choices] = {
    "day": ("by day", "during the day", "on a sunny day", "in the morning", "at noon",
            "in bright daylight", "on a clear day", "in the afternoon"),
    "night": ("at night", "at night", "at midnight", "under the stars", "in the moonlight",
              "after dark", "late at night", "under the moon"),
    "sunset": ("at sunset", "at sunset", "at dusk", "in the evening", "at golden hour",
               "at sunrise", "at dawn", "in the setting sun"),
    "rain": ("in the rain", "in the rain", "on a rainy day", "during a storm", "in heavy rain",
             "in stormy weather", "in pouring rain"),
}  # fmt: skip
SHOT_PHRASES: dict[str, Choices] = {
    "wide shot": ("wide shot", "wide shot", "wide shot", "wide view", "establishing shot",
                  "long shot", "wide angle shot", "extreme wide shot"),
    "full shot": ("full shot", "full shot", "full shot", "full body", "full-body shot",
                  "full figure", "head to toe"),
    "medium shot": ("medium shot", "medium shot", "medium shot", "mid shot", "cowboy shot",
                    "waist-up shot", "waist up", "medium view"),
    "close-up": ("close-up", "close-up", "close-up", "close up", "close-up shot", "close shot",
                 "head and shoulders"),
    "extreme close-up": ("extreme close-up", "extreme close-up", "extreme close-up",
                         "extreme close up", "tight shot of the face", "big close-up"),
}  # fmt: skip
POSE_PHRASES: dict[str, Choices] = {
    "standing": ("standing", "standing", "standing still", "waiting", "stands", "looking ahead"),
    "walking": ("walking", "walking", "walks", "strolling", "wandering", "hiking", "stepping"),
    "running": ("running", "running", "runs", "sprinting", "racing", "rushing", "running away"),
    "sitting": ("sitting", "sitting", "sits", "seated", "resting", "sitting down"),
    "pointing": ("pointing", "pointing", "points", "pointing ahead", "pointing far away"),
    "waving": ("waving", "waving", "waves", "waving hello", "waving goodbye", "waving a hand"),
}
POSE_VERBS: dict[str, Choices] = {
    "standing": (
        "stands",
        "waits",
        "stops",
        "looks around",
        "thinks",
        "listens",
        "hesitates",
        "stands still",
        "smiles",
        "opens an old box",
        "finds a key",
        "says nothing",
        "remembers the summer",
        "counts the days",
        "turns around",
        "holds her breath",
        "decides to stay",
        "sings a song",
        "hides a map",
        "looks at the horizon",
    ),
    "walking": (
        "walks",
        "walks slowly",
        "wanders",
        "strolls",
        "goes home",
        "comes back",
        "hikes",
        "follows the path",
        "steps forward",
        "sets out",
        "leaves",
        "arrives",
    ),
    "running": ("runs", "runs away", "rushes", "races", "sprints", "flees", "hurries"),
    "sitting": ("sits", "sits down", "rests", "sits alone", "kneels"),
    "pointing": ("points", "points to the east", "points ahead", "points at something"),
    "waving": ("waves", "waves goodbye", "waves to a friend", "waves with one hand"),
}
"""What a pose is called in a story; what the painter has no pose for is done standing."""
PAIR_VERBS: Choices = ("stands together", "talks", "waits", "looks at each other", "meets again",
                       "argues", "says goodbye", "listens")  # fmt: skip
ASIDES: Choices = (
    "it is quiet", "the wind is cold", "nobody speaks", "the air smells of salt", "it is late",
    "something is about to happen", "all is well", "far away a bell rings", "everything begins",
    "the world holds its breath",
)  # fmt: skip
EMPTY_SENTENCES: Choices = (
    "the {place} lies quiet", "an empty {place}", "nobody is at the {place}", "the {place}",
    "the {place} is empty", "silence over the {place}", "the {place} sleeps",
    "the wind blows over the {place}", "the deserted {place}", "it is quiet at the {place}",
)  # fmt: skip
PROP_NOUNS: dict[str, Choices] = {
    "boat": ("boat", "boat", "sailing boat", "small boat", "sailboat", "ship"),
    "car": ("car", "car", "red car", "old car", "parked car"),
    "lighthouse": ("lighthouse", "lighthouse", "tall lighthouse", "red and white lighthouse"),
    "house": ("house", "house", "cottage", "small house", "wooden house", "cabin"),
    "dog": ("dog", "dog", "brown dog", "puppy", "small dog"),
    "horse": ("horse", "horse", "brown horse", "pony"),
    "tree": ("tree", "tree", "green tree", "lone tree", "big tree"),
    "fire": ("fire", "fire", "campfire", "bonfire", "burning fire"),
    "door": ("door", "door", "closed door", "old door", "doorway"),
    "table": ("table", "table", "wooden table", "table with a cup"),
    "yurt": ("yurt", "yurt", "white yurt", "felt yurt", "nomad tent"),
    "letter": ("letter", "letter", "envelope", "sealed letter"),
}
HAIR_COLOUR_WORDS: dict[str, Choices] = {
    "red": ("red", "red", "red", "ginger", "copper", "auburn"),
    "black": ("black", "black", "black", "dark", "raven"),
    "blonde": ("blonde", "blonde", "blond", "golden", "fair", "yellow"),
    "brown": ("brown", "brown", "brown", "chestnut", "brunette"),
    "white": ("white", "white", "grey", "gray", "silver"),
    "blue": ("blue", "blue", "bright blue", "dyed blue"),
}
HAIR_LENGTH_WORDS: dict[str, Choices] = {
    "short": ("short", "short", "short", "cropped", "short-cut"),
    "long": ("long", "long", "long", "flowing", "waist-long"),
}
CLOTHING_COLOUR_WORDS: dict[str, Choices] = {
    "yellow": ("yellow", "yellow", "yellow", "bright yellow", "mustard"),
    "red": ("red", "red", "red", "scarlet", "crimson", "bright red"),
    "blue": ("blue", "blue", "blue", "navy", "dark blue"),
    "green": ("green", "green", "green", "dark green", "emerald"),
    "black": ("black", "black", "black", "dark"),
    "white": ("white", "white", "white", "cream", "pale"),
    "purple": ("purple", "purple", "purple", "violet", "lilac"),
}
CLOTHING_KIND_WORDS: dict[str, Choices] = {
    "coat": ("coat", "coat", "coat", "jacket", "raincoat", "parka", "overcoat", "cloak"),
    "shirt": ("shirt", "shirt", "shirt", "sweater", "t-shirt", "hoodie", "blouse", "pullover"),
    "dress": ("dress", "dress", "dress", "gown", "sundress"),
}
HAT_WORDS: dict[str, Choices] = {
    "hat": ("hat", "brown hat", "wide-brimmed hat", "wide brown hat", "brimmed hat"),
    "cap": ("cap", "blue cap", "blue cap", "baseball cap", "peaked cap"),
    "beanie": ("beanie", "green beanie", "knitted beanie", "woolly hat", "knit cap"),
}
SKIN_WORDS: dict[str, Choices] = {
    "light": ("light skin", "light skin", "pale skin", "fair skin"),
    "tan": ("tan skin", "tan skin", "tanned skin", "olive skin"),
    "dark": ("dark skin", "dark skin", "brown skin", "dark brown skin"),
}
BEARD_WORDS: Choices = ("beard", "full beard", "full beard", "bushy beard", "big beard")
MOUSTACHE_WORDS: Choices = ("moustache", "moustache", "thick moustache", "mustache")
GLASSES_WORDS: Choices = ("glasses", "round glasses", "round glasses", "spectacles", "eyeglasses")
PERSON_NOUNS: dict[tuple[str, str], Choices] = {
    ("child", "man"): ("boy", "boy", "little boy", "young boy", "schoolboy"),
    ("child", "woman"): ("girl", "girl", "little girl", "young girl", "schoolgirl"),
    ("adult", "man"): ("man", "man", "young man", "adult man", "guy"),
    ("adult", "woman"): ("woman", "woman", "young woman", "adult woman", "lady"),
    ("old", "man"): ("old man", "old man", "elderly man", "grandfather", "grandpa"),
    ("old", "woman"): ("old woman", "old woman", "elderly woman", "grandmother", "grandma"),
}
CLAUSES: Choices = (
    "with a smile", "without a word", "very slowly", "as fast as possible", "and laughing",
    "and looking back", "looking far away", "that nobody has seen before", "for the first time",
    "for the third time", "past the others", "to the east", "towards the light", "thinking of home",
    "full of hope", "and whispering something", "that the tide has brought", "past the tallest",
    "and reading quietly", "with tears in the eyes", "on its own", "and listening", "once again",
    "along the path", "below the sky", "in the wind", "with ink on its paws", "and remembering",
    "waiting for a friend", "at last", "all alone", "to say goodbye", "and crying", "and singing",
)  # fmt: skip
"""What stories add to an action and no picture shows: words that must do no harm."""
SHEET_WORDS: Choices = (
    "front view", "facing the camera", "head and shoulders", "portrait", "plain background",
    "plain light background", "neutral background", "reference sheet", "character sheet",
)  # fmt: skip
"""How a character sheet is asked for."""
ROLES: dict[str, Choices] = {
    "child": ("child", "kid", "little child", "pupil", "young hero"),
    "adult": ("sailor", "fisherman", "traveller", "lighthouse keeper", "farmer", "detective",
              "captain", "teacher", "hunter", "doctor", "wanderer", "shepherd", "hero", "person"),
    "old": ("old sailor", "old lighthouse keeper", "old fisherman", "old traveller", "elder",
            "old farmer", "elderly person", "old captain"),
}  # fmt: skip
STYLE_WORDS: Choices = (
    "storyboard panel",
    "storyboard",
    "ink and wash",
    "cinematic",
    "detailed",
    "film still",
    "picture book",
    "flat colours",
    "illustration",
    "concept art",
    "high quality",
    "clean lines",
    "soft light",
    "dramatic light",
)
CAMERA_WORDS: Choices = (
    "eye level",
    "low angle",
    "high angle",
    "slow pan",
    "static camera",
    "slow zoom",
    "tracking shot",
    "camera at eye level",
)
MOOD_WORDS: Choices = (
    "calm",
    "tense",
    "quiet",
    "lonely",
    "hopeful",
    "sad",
    "happy",
    "mysterious",
    "peaceful",
    "alone",
)
EMPTY_WORDS: Choices = ("no people", "empty", "nobody", "deserted", "nobody around")
MALE_NAMES: Choices = (
    "Aidar", "Alikhan", "Amir", "Anton", "Arman", "Askar", "Bekzat", "Carlos", "Chen", "Daniel",
    "Dias", "Dmitri", "Elias", "Erlan", "Felix", "Giorgi", "Hassan", "Henrik", "Hiro", "Ivan",
    "Jack", "James", "Jonas", "Kairat", "Karl", "Kofi", "Liam", "Lukas", "Marat", "Marco",
    "Mateo", "Nikolai", "Nurlan", "Omar", "Oskar", "Pavel", "Ravi", "Sergei", "Timur", "Tom",
    "Viktor", "Yerlan",
)  # fmt: skip
FEMALE_NAMES: Choices = (
    "Aigerim", "Aisha", "Aiya", "Alina", "Amina", "Anna", "Asel", "Ayla", "Camila", "Clara",
    "Dana", "Dinara", "Elena", "Ella", "Emma", "Fatima", "Freya", "Gulnara", "Hana", "Ines",
    "Irina", "Jane", "Kamila", "Katya", "Laila", "Lena", "Lucia", "Madina", "Maria", "Mei",
    "Mira", "Nadia", "Nora", "Olga", "Priya", "Rosa", "Saule", "Sofia", "Svetlana", "Yuki",
    "Zarina", "Zoe",
)  # fmt: skip

ANONYMOUS_NOUNS: Choices = (
    "person",
    "person",
    "someone",
    "somebody",
    "character",
    "figure",
    "hero",
    "the same person",
)
"""For a person of whom nothing is said, because a reference picture tells."""

NEGATIVE_PHRASES: Choices = (
    "blurry",
    "low quality",
    "worst quality",
    "low resolution",
    "bad anatomy",
    "extra fingers",
    "extra limbs",
    "extra arms",
    "missing fingers",
    "deformed face",
    "deformed hands",
    "bad hands",
    "ugly",
    "distorted",
    "disfigured",
    "different person",
    "different face",
    "different hair",
    "inconsistent clothing",
    "inconsistent character",
    "duplicate",
    "cropped",
    "out of frame",
    "watermark",
    "signature",
    "logo",
    "text",
    "speech bubble",
    "noise",
    "grainy",
    "jpeg artifacts",
    "overexposed",
    "underexposed",
    "photo",
    "crowd",
    "two heads",
    "cross-eyed",
)
"""Typical parts of negative prompts."""
