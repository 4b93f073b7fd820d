"""Who answers for a place: capacities, terms, letters of responsibility, village teams."""
