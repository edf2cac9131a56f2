"""XML of others, looked at before a library makes a tree of it.

Libraries take a tree of whatever size, and do with some elements much more than with others. So the
elements are counted first, by expat, which keeps nothing and fetches nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from xml.parsers import expat

from storyboard.errors import InputError
from storyboard.values.bounds import XML_ATTRIBUTES, XML_DEPTH

__all__ = ["check_xml", "is_xml"]


def is_xml(data: bytes) -> bool:
    """Whether a parser would read more of it than the first letter."""
    return data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def check_xml(data: bytes, most: int) -> tuple[str, Counter[str]]:
    """Make sure that XML has no more in it than its reader can bear.

    Args:
        data: The document.
        most: Elements that it may have.

    Returns:
        The name of the root, and how many elements there are of each name, without prefixes.

    Raises:
        InputError: It has more, is too deep, or declares an entity, none of which is ever expanded;
            the message lacks the name of the file, which comes before it.
        expat.ExpatError: It is damaged.
    """
    # An attribute has a sign of equality; expat has made all of a tag's before anybody is asked.
    if data.count(b"=") > XML_ATTRIBUTES * most:
        raise InputError(
            "has more than {xml_attributes} attributes", xml_attributes=f"{XML_ATTRIBUTES * most:,}"
        )
    root, depth, elements = "", 0, 0
    names: dict[str, int] = defaultdict(int)
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal root, depth, elements
        root, depth, elements = root or name, depth + 1, elements + 1
        if depth > XML_DEPTH or elements > most:
            raise InputError(
                "has more than {most} elements, or more than {xml_depth} levels",
                most=f"{most:,}",
                xml_depth=XML_DEPTH,
            )
        names[name] += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*declared: object) -> None:
        raise InputError("declares entities, which nothing here needs: export it again")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.EntityDeclHandler = entity
    parser.Parse(data, True)
    bare: Counter[str] = Counter()
    for name, count in names.items():
        bare[name.rpartition(":")[2]] += count
    return root, bare
