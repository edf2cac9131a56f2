"""From requests to events: the queue, its executors, the time left."""
