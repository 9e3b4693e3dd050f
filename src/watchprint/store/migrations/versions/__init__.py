"""One module a revision, with its SQL frozen beside it; none is changed after a release."""
