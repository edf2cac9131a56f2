"""What families share: attention, previews, the guard, memory."""
