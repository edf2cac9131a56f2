"""How a director would break a story down into shots."""
