"""The demo: a topic, its essay and a class, all invented, as files; `manage.py load_demo` puts them in place."""
