"""Essays: texts beside the map, from a file to marked passages."""
