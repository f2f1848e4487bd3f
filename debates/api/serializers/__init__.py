"""The shapes of bodies: what the API takes is read with these, what it gives is only described by them."""
