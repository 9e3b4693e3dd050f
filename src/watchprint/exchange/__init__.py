"""Other services' exports, one module a format. Reads files into rows; computes nothing and stores nothing."""
