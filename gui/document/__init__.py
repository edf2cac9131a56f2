"""The open board: its project on the disk, its settings, its history of undo."""
