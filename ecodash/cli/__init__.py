"""The command line: the same registry without a screen.

Exit code 0 when everything went well, 1 for a problem of the data (said in words), 2 for a wrong call.
"""

import sys
from collections.abc import Sequence

from ecodash.cli.language import language_of
from ecodash.cli.output import complain
from ecodash.cli.parser import build_parser
from ecodash.core.errors import EcodashError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. A wrong call leaves through argparse with code 2."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except EcodashError as error:
        complain(error, language_of(arguments), as_json=getattr(arguments, "json", False))
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code
