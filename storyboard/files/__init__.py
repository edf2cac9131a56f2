"""Files, streams and the terminal, read and written safely; formats that no room owns."""
