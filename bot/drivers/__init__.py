"""What moved a figure, in a sentence and in numbers."""
