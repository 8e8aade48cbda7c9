"""What a question asks: kind of answer, place, time, unit, document."""
