"""What holds the site together: settings, addresses, headers, logs, health and the operator's commands."""

__version__ = "0.1.0"
