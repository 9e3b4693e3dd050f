"""Where conversations, flows and walks are carried out: one module blocks, one awaits."""
