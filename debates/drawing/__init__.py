"""Drawings, worked out in plain numbers: templates turn them into SVG."""
