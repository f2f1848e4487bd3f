"""Argument trees in and out of other tools' formats: a module each, one registry, and a report of what is lost."""
