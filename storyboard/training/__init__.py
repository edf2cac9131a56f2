"""Teaching a LoRA: from pictures of a character, or pairs of pictures, to a file that draws."""
