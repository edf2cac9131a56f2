"""What stands around the board: story, cast, shot, benchmark."""
