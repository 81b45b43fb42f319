"""Published models, one file each; the path is the citation."""
