"""What goes wrong, as `application/problem+json` (RFC 9457). One table of kinds, one mapping of errors. Pure."""
