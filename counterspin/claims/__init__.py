"""Sentences to claims, claims to slots: the questions that pages answer."""
