"""The marks that drawings are made of: tables, bars, curves, heat maps."""
