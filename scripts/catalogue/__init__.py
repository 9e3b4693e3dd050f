"""Lists and extra titles for build_catalogue.py; never shipped."""
