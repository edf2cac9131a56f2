"""Fields and small parts that every room can use; they know no board."""
