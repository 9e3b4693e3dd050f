"""Trakt's endpoints, one file a folder of its contract: each a sentence of request, answer and source. No I/O."""
