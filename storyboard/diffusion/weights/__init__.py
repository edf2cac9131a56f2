"""Files of weights: finding, fetching, checking."""
