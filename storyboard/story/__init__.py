"""From a story to its shots: who is where, when, doing what, and how the camera sees it."""
