"""The stages: each reads what the one before left in the project folder and can be run again alone."""
