"""What the engine advises: a look over all clusters, parts of one, places for noise, more for a move."""
