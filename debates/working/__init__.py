"""The work list and the explore panel: one load of a topic, what debates.analysis counts in it, and what they show."""
