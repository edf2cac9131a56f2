"""The speed benchmark: `python test_speed.py --help`. The same as `storyboard bench`."""

import sys

from storyboard.cli import main

if __name__ == "__main__":
    sys.exit(main(["bench", *sys.argv[1:]]))
