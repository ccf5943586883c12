"""Grading: of a reply to an objection, of a whole call, of the record. Pure functions of what was measured."""
