"""The window: Qt only. No torch, no file formats, no prompts; those are `storyboard`'s."""
