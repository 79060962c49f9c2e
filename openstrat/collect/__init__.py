"""Facts from outside: documents and, later, git histories and published lists."""
