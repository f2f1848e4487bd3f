"""The shape of what teachers and pupils send."""
