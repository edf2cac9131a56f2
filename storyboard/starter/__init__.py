"""The starter model's own pictures: scenes, their painter and their captions."""
