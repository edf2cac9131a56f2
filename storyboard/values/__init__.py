"""The values that cross rooms: frozen, picklable, with neither torch nor Qt inside."""
