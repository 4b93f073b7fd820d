"""One page of true figures: indicators with a definition, boards, frozen reports. Every figure comes from rows and opens them."""
