"""How the database came to be as it is, step by step. A released step is never changed."""
