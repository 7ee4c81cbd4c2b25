"""The demo web: hosts, pages, templates and truth, all written for this project."""
