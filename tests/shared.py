"""Where the shared reading (open data sets, samples of exports, worked examples) lies.

It is not part of the repository. It is looked for in ``ECODASH_SHARED``, then beside the checkout. Tests that need it
carry ``@needs_shared``: they are skipped without it, but with ``CI=true`` its absence is a failure, so that a green
run can never mean "nothing was tried". An empty ``ECODASH_SHARED=`` says on purpose: run without it.
"""

import os
from pathlib import Path

import pytest

_SAID = os.environ.get("ECODASH_SHARED")

SHARED = Path(_SAID) if _SAID else Path(__file__).resolve().parents[2] / "shared"
_THERE = _SAID != "" and (SHARED / "export_formats.yaml").is_file()
_MUST = os.environ.get("CI", "").lower() == "true" and _SAID != ""

needs_shared = pytest.mark.skipif(not _THERE and not _MUST, reason=f"no shared reading at {SHARED}")
