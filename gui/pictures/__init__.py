"""Pictures in memory and on their way in and out: read, dropped, pasted, edited elsewhere."""
