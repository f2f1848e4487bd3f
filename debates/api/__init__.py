"""The API for programs: the nouns of the pages, with the same loaders and the same verbs. See docs/api.md."""
