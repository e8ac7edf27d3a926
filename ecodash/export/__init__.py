"""Tables → files. ``FORMATS["xlsx"].write(table, reader)`` gives the bytes."""

from ecodash.export.cohort import matrix_table
from ecodash.export.formats import FORMATS, FileFormat
from ecodash.export.table import Column, Definition, LoadedFile, Notes, Place, Table

__all__ = ["FORMATS", "Column", "Definition", "FileFormat", "LoadedFile", "Notes", "Place", "Table", "matrix_table"]
