"""Rows in hand to the tables that insights are computed from: every shape in, three Arrow tables out."""
