"""How a statement stands in its sentence: what opens it, how far it goes, what stands between."""
