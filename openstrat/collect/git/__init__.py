"""Git histories: a hardened reader that turns commits into arrays and people into salted hashes."""
