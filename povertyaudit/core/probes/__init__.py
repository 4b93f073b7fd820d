"""Programs that look into one hostile file, each in a process of its own. Started by core.apart, never imported."""
