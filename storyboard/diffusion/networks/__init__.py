"""Networks that several families are made of: what their files say, and how they are counted."""
