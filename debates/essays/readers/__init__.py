"""Files that people have their essays in, and texts that they paste, to the text that is stored."""

from debates.essays.readers.essay_file import MOST_BYTES, EssayFile
from debates.essays.readers.reading import ACCEPTED, SUFFIXES, read_file, read_text, which_are_read

__all__ = ["ACCEPTED", "MOST_BYTES", "SUFFIXES", "EssayFile", "read_file", "read_text", "which_are_read"]
