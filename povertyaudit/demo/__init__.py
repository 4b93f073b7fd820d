"""The fictional county of the demonstration, its people, and a history made through the verbs. Never in production."""
