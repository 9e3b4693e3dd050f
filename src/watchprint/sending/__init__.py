"""Ours to Trakt: plays that an import brought, sent on at Trakt's pace and never twice."""
