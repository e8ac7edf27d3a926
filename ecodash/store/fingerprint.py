"""Whether two files are the same: SHA-256 of their bytes."""

import hashlib
from pathlib import Path

_CHUNK = 8 << 20


def fingerprint(path: Path) -> str:
    """Hex SHA-256 of the bytes of ``path``, read in chunks of 8 MB. Raises OSError when it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
