"""Planning shots from the story, in a thread; asks before panels with work in them go."""
