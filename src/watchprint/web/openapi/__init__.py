"""The OpenAPI 3.1 document, made of the tables and the Structs. Pure."""
