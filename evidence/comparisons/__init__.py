"""What the sources say together, side by side: a module for each page that compares them."""
