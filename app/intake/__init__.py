"""Where pages come from and how they are read: files, and processes that turn their bytes into fields."""
