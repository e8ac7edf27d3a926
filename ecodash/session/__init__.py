"""The application room: a workspace, files on their way in, numbers on their way out. Used by pages and command line."""

from ecodash.session.card import FileCard
from ecodash.session.finding import Finding
from ecodash.session.intake import inspect_file
from ecodash.session.session import Session
from ecodash.session.wishes import Wishes

__all__ = ["FileCard", "Finding", "Session", "Wishes", "inspect_file"]
