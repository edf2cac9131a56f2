"""What the words of a sentence do in it: parts of speech, who acts, on what, where."""
