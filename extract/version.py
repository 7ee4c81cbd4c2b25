"""The version of the extractor: stored with each document, raised when the same page would give another one."""

VERSION = 6
