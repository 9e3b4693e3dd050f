"""Insights into taste: its eras, its judgement beside the community's, and how far it reaches."""
