"""`python -m storyboard`: the same as the command `storyboard`."""

import sys

from storyboard.cli import main

if __name__ == "__main__":
    sys.exit(main())
