"""Where the parts of the installation lie: beside the package in a checkout, inside it in a wheel."""

from importlib.util import find_spec
from pathlib import Path

from ecodash.core.errors import EcodashError
from ecodash.core.text import Text


def package_root() -> Path:
    """The folder of the package itself."""
    spec = find_spec("ecodash")
    if spec is None or spec.origin is None:
        raise EcodashError(Text("找不到 ecodash 的安装位置。", "The installation of ecodash cannot be found."))
    return Path(spec.origin).parent


def bundle_root() -> Path:
    """The folder that holds app.py, pages/ and sample_data/."""
    bundled = package_root() / "_bundle"
    return bundled if bundled.is_dir() else package_root().parent


def app_file() -> Path:
    """The launcher of the app."""
    return bundle_root() / "app.py"


def sample_directory() -> Path:
    """The raw exports of the sample shop."""
    return bundle_root() / "sample_data"
