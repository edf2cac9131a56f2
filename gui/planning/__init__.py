"""From the story to shots: asked in a thread, and nobody loses work unasked."""
