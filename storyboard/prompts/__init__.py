"""From a shot to the text that reaches the text encoders, traits first."""
