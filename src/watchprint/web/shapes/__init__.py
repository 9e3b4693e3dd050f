"""The JSON of the HTTP face as msgspec Structs: what comes in, what goes out. Pure: values to values."""
