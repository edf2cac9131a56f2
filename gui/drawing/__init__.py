"""Drawing from the window: what is asked, what runs, what it costs and how long it takes."""
