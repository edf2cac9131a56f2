"""Sound: recordings and voices read, laid along the cut, and written for the film."""
