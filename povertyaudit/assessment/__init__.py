"""考核: score sheets by dated schemes, ladders of consequences that people decide on, and the yearly rhythm of inspections."""
