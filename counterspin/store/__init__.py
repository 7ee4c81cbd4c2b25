"""The database. The only code that speaks SQL."""
