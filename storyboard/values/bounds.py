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
YAML_MEMBERS = 10_000
"""Of one list or mapping; the longest in use are the takes of a panel."""
LETTERS = 2_000_000
"""Of one value. A story of ten pages has 30,000."""
PANELS, PANELS_BY_HAND = 999, 600
"""Of a record, and of a board or shot list that is made by hand."""
TAKES = 9_999
"""Of a panel."""
NAME = 200
"""Letters of a character's name."""
CAST, TRAITS, REFERENCES = 100, 100, 100
"""Of a record: characters, traits of one, and its reference pictures."""
SCENE_LABEL = 20
"""Letters of a scene's number, such as 12A."""
LINES = 500
"""Lines of dialogue of a panel."""
SETTINGS_BYTES = 256 * KIB
"""All settings with a comment each have 10 KB."""
SETTINGS_EVENTS = 4000
"""All settings have 150."""
CHARACTER_BYTES = 64 * KIB
"""A character with every trait has 1 KB."""
CHARACTER_EVENTS = 2000
"""Every trait and picture have 120."""
CHARACTER_TRAITS, CHARACTER_PICTURES = 32, 16
CHARACTER_NAME, CHARACTER_TRAIT = 80, 200
"""Letters of a name, and of what a trait says."""
SOURCE_BYTES = 1_000_000
"""A film script of 120 pages has 250 KB."""
SHOT_LIST_EVENTS = 60_000
"""500 shots with twenty lines of dialogue each."""
STORY_LETTERS, SCRIPT_LETTERS = 100_000, 500_000
"""Ten pages have 30,000 letters, a feature film of 120 pages 250,000."""
PARSED_WORDS = 12_000
"""Words whose grammar is read, four a millisecond; a feature film tells as many beside its talk."""
STORY_PIECES = 4000
"""Paragraphs, and sentences: a story of 100,000 letters has 1,500, a feature film 3,000."""
FINAL_DRAFT_BYTES = 4_000_000
"""The XML around a line is ten times the line."""
FINAL_DRAFT_DEPTH = 64
"""Final Draft's own files have eleven levels."""
FINAL_DRAFT_ELEMENTS, FINAL_DRAFT_PARAGRAPHS = 200_000, 20_000
"""A feature film has 5,000 paragraphs of some ten elements."""
ANNOTATION_BYTES = 4 * MIB
"""200 strokes of 1,000 points have 2 MB."""
ANNOTATION_EVENTS = 5000
"""As many marks as there may be have 1,800."""
MARKS, POINTS, NOTE, POINT = 200, 1000, 500, 64
"""Marks of a picture, points of a stroke, letters of a note and of a point."""
PRINTED = 1_000_000
"""Letters of all panels in one PDF; 500 panels with half a page each have as many."""
REPORT_BYTES = 16 * MIB
"""Measurements of four modes with every run have 30 KB."""

TABLE_BYTES = 16 * MIB
"""A shot list of 500 panels has 0.5 MB."""
TABLE_UNPACKED, TABLE_XML = 64 * MIB, 16 * MIB
"""A workbook, and one XML in it: 500 panels have 1 MB; pictures may be beside it."""
TABLE_ROWS, TABLE_COLUMNS, TABLE_CELLS = 2000, 200, 1_000_000
"""Rows, columns, and letters in one row, of a shot list with 500 rows and 16 columns."""
TABLE_LETTERS = 2_000_000
"""Of all rows; twice `PRINTED`."""
TABLE_SEPARATORS = 400_000
"""Commas in a CSV, those in the texts included; a shot list of 500 panels has 20,000."""
WORKBOOK_CELLS, WORKBOOK_STYLES, WORKBOOK_ELEMENTS = 30_000, 10_000, 150_000
"""Cells of a workbook, elements beside its cells and texts, and in all; openpyxl takes 40
microseconds for each of the first two."""
CUT_BYTES = 64 * MIB
"""OTIO of a cut of 500 clips has 1 MB; editors add effects and metadata."""
EDL_BYTES = MIB
"""A CMX 3600 EDL has 999 events of some 100 letters."""
JSON_VALUES = 1_000_000
"""OTIO of a cut of 500 clips has 40,000."""
XML_DEPTH, XML_ELEMENTS, XML_ATTRIBUTES = 100, 150_000, 6
"""XML of a cut of 500 clips has 15,000 elements, 12 levels deep, with an attribute or two."""

ARCHIVE_DIRECTORY, ARCHIVE_MEMBERS = 32 * MIB, 25_000
"""Of a zip archive: bytes of its list of members, and members; a large board has 10,000."""
ARCHIVE_RATIO, ARCHIVE_SLACK = 4, GIB
"""How much larger than itself an archive may be unpacked; records shrink, 51 of 16 MB at most."""

PDF_BYTES, PDF_PAGES, PDF_COMMENTS = 256 * MIB, 2000, 5000
"""Of a PDF that comes back with comments; 500 panels have 60 MB and 500 pages at most."""
PDF_DRAWING, PDF_STREAM = 128 * MIB, 4 * MIB
"""Unpacked drawings of the pages that have comments, and one of them; one of ours has 50 KB."""
PDF_READINGS = 750_000
"""Pieces that pypdf reads it in, each letter of a comment among them; 200 comments have 100,000."""
PDF_END, PDF_OBJECTS = 4096, 50_000
"""Last bytes, which say where its table is, and objects; 500 panels have 4,000."""

# Sounds.
SOUND_BYTES = 256 * MIB
SOUND_SECONDS = 2 * 3600
"""Two hours of samples take 1.4 GB while a film is mixed; a film is no longer either."""
SOUND_GAIN = 60
"""Decibels, in both directions."""
MARKERS, MARKER_SECONDS = 1000, 10**7
"""Of a board, and where the last one may stand: 999 panels of an hour take four million."""

# Pictures.
PICTURE_PIXELS = 64_000_000
"""The largest of phones have 50 million; decoded they take 256 MB."""
PICTURE_SIDE = 65_535
"""As in a JPEG. A row costs as much as 100 pixels: 60 million rows of one took 10 s."""
PICTURE_BYTES = 150 * MIB
"""An uncompressed TIFF or BMP of 50 million pixels."""
PICTURE_MEMORY = 420_000_000
"""Bytes that decoding a picture takes together with its file; `files/pictures.py` counts them."""
JPEG_SCANS = 100
"""libjpeg's own script has 10, the longest in use about 30; each is decoded over the picture."""
JPEG_SCANNED = 10 * PICTURE_PIXELS
"""Pixels times scans."""
BMP_PACKED = MIB
"""Bytes of a BMP with run lengths, which Pillow reads in Python, one by one."""
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
PANEL_PIXELS = 2**25
"""A model draws 4096x4096 at most, and a picture of one's own is kept no larger."""
PANEL_SIDE = 16_384
"""Of a recipe and of a picture; a strip of one pixel by 60 million took 11 s to print."""
CLIP_FRAMES = 100_000
"""Frames of a clip; models make some hundreds."""
ANIMATED_FRAMES = 1000
"""Frames that a model is asked for at once; those that are known make 257 at most."""
CLIP_BYTES = 512 * MIB
"""Of a clip's file."""
MODEL_NAME = 4000
"""Letters of a model's name, which may be a path."""
PANEL_TEXT_BYTES = 4 * MIB
"""A recipe with a story of `RECIPE_STORY` letters has 0.5 MB."""
RECIPE_STORY = 200_000
"""Letters; a longer one is not kept in every picture."""
PANEL_SECONDS = 10**9
"""Thirty years: a slow machine may take days for a panel."""
RECIPE_STEPS = 1000
RECIPE_STAGES = 64
"""What a recipe may say at all."""
REPLAY_PROMPT = 20_000
"""Letters; an encoder reads 77 tokens."""
INSTRUCTION = 4000
"""Letters of what an edit is told; the models that edit read 512 tokens, some 2,000 letters."""
REPLAY_PIXELS, REPLAY_STEPS, REPLAY_PICTURES, REPLAY_FRAMES = 2**21, 150, 16, 161
"""What is drawn without a question: twice what SDXL draws best, and as in the settings."""
REBUILT_PICTURES = 20_000
"""Files that are looked at where a record is lost."""
PANEL_CHUNKS = 100_000
"""Writers make chunks of 8 KB or more."""

# Models.
MODEL_JSON_BYTES = MIB
"""The largest configuration of a part has 2 KB."""
TOKENIZER_BYTES = 24 * MIB
"""CLIP's has 3.6 MB, UMT5's 17."""
TOKENS, ADDED_TOKENS, TOKEN = 300_000, 1000, 200
"""Tokens (CLIP has 49,408, UMT5 256,384), those added to them, and letters of one."""
MODEL_JSON_DEPTH = 12
"""Configurations have two levels, tokenizers four."""
HEADER_BYTES = 8 * MIB
"""SDXL as one file has 0.4 MB, LoRA with training notes up to 3."""
TENSORS, LORA_TENSORS = 20_000, 10_000
"""SDXL as one file has 2,515, a LoHa of all its layers 5,300."""
LORA_NOTE = 3 * MIB
"""Letters of a note with all tags of all pictures."""
TENSOR_NAME = 500
"""Letters; the longest in use has 120."""
GGUF_NOTES, GGUF_LISTED = 2000, 8000
"""Notes, and what their lists hold: four sides for each weight whose shape was changed, of 780."""
HEADER_TEXTS = 5 * TENSORS + 10_000
"""A tensor has a name, a type, and three words that say which is which; the rest are notes."""
DIMENSIONS = 5
"""Of a tensor."""
SHARDS, MANIFEST_FILES = 100, 1000
NETWORK_LAYERS = 200
"""SDXL's denoiser has 70 transformer layers."""
ADAPTER_TOKENS, ADAPTER_LAYERS = 1024, 32
"""Published adapters have 4 or 16 tokens and 4 layers."""
LORA_RANK, LORA_WIDTH = 1024, 16_384
"""Published ones have ranks of 4 to 256; SDXL's widest layer has 10,240 channels."""
FRAME_PIXELS = 64_000_000
"""Of a frame that a model is said to draw; more is a mistake, or an attack on the memory."""
WEIGHT_BYTES = 64 * GIB
"""FLUX.1 as one file has 23.8 GB, half of Wan 2.2 A14B in float32 57. Checked before a file is
hashed: a sparse file of many terabytes takes no room on a disk, and hours to hash."""
