"""Rubrics to begin with, and the editor that makes others."""
