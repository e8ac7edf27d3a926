"""``python -m ecodash.cli``."""

import sys

from ecodash.cli import main

sys.exit(main())
