"""The models of the catalogue against independent derivations, one file a strand."""
