from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPTokenizer

from storyboard.diffusion.networks.clip_tokens import ClipTokenCounter
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
MERGES = ["c o", "a t</w>", "co a", "coa t</w>", "co at</w>", "r e", "re d</w>", "! !", "!! !</w>"]
START, END = "<|startoftext|>", "<|endoftext|>"


def write_tokenizer(folder: Path, merges: list[str], **config: Any) -> Path:
    """A CLIP tokenizer of bytes and a few merges, in the files a diffusers folder has."""
    alphabet = sorted(ByteLevel.alphabet())
    tokens = [*alphabet, *(each + "</w>" for each in alphabet)]
    tokens += [merge.replace(" ", "") for merge in merges]
    tokens = [*dict.fromkeys(tokens), START, END]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps({each: n for n, each in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 77} | config))
    return folder


def added(content: str) -> dict[str, Any]:
    return {
        "content": content,
        "lstrip": False,
        "normalized": False,
        "rstrip": False,
        "single_word": False,
    }


def plain(folder: Path) -> Path:
    return write_tokenizer(folder, MERGES)


def padded_with_a_mark(folder: Path) -> Path:
    return write_tokenizer(folder, MERGES, pad_token="!")


def padded_as_sdxl_2(folder: Path) -> Path:
    """The layout of SDXL's second tokenizer: marks as objects, the padding in both files."""
    old = {"__type": "AddedToken", **added(START)}
    write_tokenizer(folder, MERGES, bos_token=old, pad_token="!")
    special = {"bos_token": added(START), "eos_token": added(END), "pad_token": "!"}
    (folder / "special_tokens_map.json").write_text(json.dumps(special))
    return folder


def padded_in_the_map_only(folder: Path) -> Path:
    write_tokenizer(folder, MERGES, pad_token=END)
    (folder / "special_tokens_map.json").write_text(json.dumps({"pad_token": added("!")}))
    return folder


def with_a_decoder(folder: Path) -> Path:
    """Newer layout: every added token by number; the map is then not read."""
    write_tokenizer(folder, MERGES)
    vocabulary = json.loads((folder / "vocab.json").read_text())
    marks = {each: vocabulary.get(each, len(vocabulary)) for each in ("!", START, END, "<mira>")}
    decoder = {str(number): added(each) | {"special": True} for each, number in marks.items()}
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"added_tokens_decoder": decoder, "pad_token": "!", "model_max_length": 77})
    )
    (folder / "special_tokens_map.json").write_text(json.dumps({"pad_token": "?"}))
    return folder


LAYOUTS = [plain, padded_with_a_mark, padded_as_sdxl_2, padded_in_the_map_only, with_a_decoder]


@pytest.fixture(scope="module", params=LAYOUTS, ids=lambda layout: layout.__name__)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[ClipTokenCounter, CLIPTokenizer]:
    """Ours and the pipeline's tokenizer on the same folder."""
    make: Callable[[Path], Path] = request.param
    folder = make(tmp_path_factory.mktemp("tokenizers") / "tokenizer")
    return ClipTokenCounter([folder]), CLIPTokenizer.from_pretrained(folder, local_files_only=True)


TEXTS = st.text(
    st.one_of(
        st.sampled_from("coat red!'st <|>,.\t\ń İßﬁ"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
) | st.lists(
    st.sampled_from(
        ["red", "coat", "RED COAT", "!!!", "it's", START, END, END.upper(), "<mira>", "Әйгерім"]
    )
).map(" ".join)


@given(text=TEXTS)
@example(text="cafe\u0301 Али\u0306")  # letters and accents apart
@example(text="COAT\u2003\t red")
def test_the_count_is_the_pipelines(
    both: tuple[ClipTokenCounter, CLIPTokenizer], text: str
) -> None:
    ours, theirs = both
    assert ours.count(text) == len(theirs(text, verbose=False).input_ids)


def test_the_padding_mark_is_a_token_of_its_own(tmp_path: Path) -> None:
    assert ClipTokenCounter([plain(tmp_path / "1")]).count("red coat!!!") == 2 + 3
    assert ClipTokenCounter([padded_as_sdxl_2(tmp_path / "2")]).count("red coat!!!") == 2 + 5


def test_of_two_tokenizers_the_longer_count_holds(tmp_path: Path) -> None:
    rich, poor = write_tokenizer(tmp_path / "a", MERGES), write_tokenizer(tmp_path / "b", [])
    for folders in ([rich, poor], [poor, rich]):
        assert ClipTokenCounter(folders).count("red") == 2 + 3
    assert ClipTokenCounter([rich]).count("red") == 2 + 1


def test_the_empty_text_is_start_and_end(tmp_path: Path) -> None:
    counter = ClipTokenCounter([plain(tmp_path / "tokenizer")])
    assert (counter.count(""), counter.count(" \n")) == (2, 2)


@pytest.mark.parametrize(("length", "window"), [(77, 77), (10**30, 77), (40, 40), (0, 77)])
def test_the_window_is_the_encoders(tmp_path: Path, length: int, window: int) -> None:
    folder = write_tokenizer(tmp_path / "tokenizer", MERGES, model_max_length=length)
    assert ClipTokenCounter([folder, plain(tmp_path / "other")]).window == window


def test_nothing_is_read_before_the_first_count(tmp_path: Path) -> None:
    counter = ClipTokenCounter([tmp_path / "tokenizer"])
    plain(tmp_path / "tokenizer")
    assert counter.count("coat") == 3
    (tmp_path / "tokenizer" / "vocab.json").unlink()
    assert counter.count("coat red") == 4


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("vocab.json", None, "lacks tokenizer/vocab.json"),
        ("merges.txt", None, "lacks tokenizer/merges.txt"),
        ("vocab.json", "{", "not JSON"),
        ("vocab.json", "[" * 100_000, "not JSON"),
        ("vocab.json", "[]", "not a JSON object"),
        ("vocab.json", '{"a": "b"}', "no number"),
        ("vocab.json", "{}", "lacks the token"),
        ("vocab.json", "\xff", "not text"),
        ("merges.txt", "a b c\n", "line 1 is not a pair"),
        ("merges.txt", "#version: 0.2\nalone\n", "line 2 is not a pair"),
        ("merges.txt", "qq ww\n", "is not in vocab.json"),
        ("tokenizer_config.json", "no", "not JSON"),
    ],
)
def test_a_damaged_tokenizer_is_one_line(
    tmp_path: Path, name: str, content: str | None, problem: str
) -> None:
    folder = plain(tmp_path / "tokenizer")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content.encode("latin-1"))
    with pytest.raises(ModelError, match=problem) as caught:
        ClipTokenCounter([folder]).count("coat")
    assert str(folder.parent) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_folder_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        ClipTokenCounter([])


def test_counting_does_without_torch(tmp_path: Path) -> None:
    folder = plain(tmp_path / "tokenizer")
    program = (
        "import sys, pathlib;"
        "from storyboard.diffusion.networks.clip_tokens import ClipTokenCounter;"
        "print(ClipTokenCounter([pathlib.Path(sys.argv[1])]).count('red coat'),"
        " {'torch', 'transformers', 'diffusers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.stdout, done.stderr) == ("4 set()\n", "")
