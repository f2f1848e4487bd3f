"""The gradebook: pupils × assignments, and the files that other systems read."""
