"""Raccordo's migrations, written by Tortoise and run by `raccordo migrate`, which keeps every row."""
