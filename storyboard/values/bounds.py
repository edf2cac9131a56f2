"""How much is read of files that may be a stranger's: every number once, with its reason.

Those who enforce them import them from here; docs/security.md says the same to users.
"""

from __future__ import annotations

KIB, MIB, GIB = 2**10, 2**20, 2**30

# Texts.
RECORD_BYTES = 16 * MIB
"""A board of 500 panels with 20 takes each has 4 MB."""
RECORD_EVENTS = 400_000
"""libyaml's tree takes 1 KB of memory a node."""
YAML_DEPTH = 12
"""A record has eight levels."""
SETTINGS_BYTES = 256 * KIB
"""All settings with a comment each have 10 KB."""
CHARACTER_BYTES = 64 * KIB
"""A character with every trait has 1 KB."""
SOURCE_BYTES = 1_000_000
"""A film script of 120 pages has 250 KB."""
STORY_BYTES = 100_000
"""Ten pages have 30,000 characters; more than 60 panels cannot show."""
FINAL_DRAFT_BYTES = 4_000_000
"""The XML around a line is ten times the line."""
FINAL_DRAFT_DEPTH = 64
"""Final Draft's own files have eleven levels."""
ANNOTATION_BYTES = 4 * MIB
"""200 strokes of 1,000 points have 2 MB."""
REPORT_BYTES = 16 * MIB
"""Measurements of four modes with every run have 30 KB."""

# Pictures.
PICTURE_PIXELS = 64_000_000
"""The largest of phones have 50 million; decoded they take 256 MB."""
PICTURE_BYTES = 256 * MIB
"""An uncompressed TIFF of as many pixels."""
JPEG_SCANS = 100
"""libjpeg's own script has 10, the longest in use about 30; each is decoded over the picture."""
TIFF_TAGS = 1000
"""Cameras write 60 a directory; Pillow takes 20 microseconds for each."""
JPEG_SEGMENTS = PNG_NOTES = 1000
"""Pieces that are no pixels: a colour profile or a large preview is cut into 250 at most."""
GIF_NOTES = 10_000
"""Blocks of comments and the like, of 255 bytes; Pillow joins them one by one."""
GIF_BLOCKS = 500_000
"""Blocks of 255 bytes up to the second frame; as many pixels as above take 250,000."""
PANEL_BYTES = 64 * MIB
"""A panel of 2 megapixels has 4 MB."""
PANEL_TEXT_BYTES = 4 * MIB
"""A recipe with a story of 200,000 characters has 0.5 MB."""
PANEL_CHUNKS = 100_000
"""Writers make chunks of 8 KB or more."""

# Models.
MODEL_JSON_BYTES = MIB
"""The largest configuration of a part has 2 KB."""
TOKENIZER_BYTES = 16 * MIB
"""CLIP's has 3.6 MB."""
HEADER_BYTES = 8 * MIB
"""SDXL as one file has 0.4 MB, LoRA with training notes up to 3."""
TENSORS = 20_000
"""SDXL as one file has 2,515."""
WEIGHT_BYTES = 16 * GIB
"""SDXL as one file in float32 has 13.9 GB. Checked before a file is hashed: a sparse file of many
terabytes takes no room on a disk, and hours to hash."""
