"""What measures speed and size. `make bench` runs all of it; figures stand in docs/performance.md."""
