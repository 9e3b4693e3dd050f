"""How the sandbox's rows look as JSON. Reads tables and catalogue, never changes them."""
