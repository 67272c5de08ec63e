"""Who is named or described: names of persons and bodies, roles, sources, and where they end."""
