"""Raccordo's records and rules: no page and no drawing lives here."""
