"""Stories and scripts that are good, and the words and signs that damage is made of."""

from __future__ import annotations

__all__ = [
    "SCRIPT_EN",
    "SCRIPT_RU",
    "SCRIPT_SIGNS",
    "SCRIPT_XML",
    "SENTENCES",
    "STORY_EN",
    "STORY_RU",
    "XML_SIGNS",
]

SCRIPT_EN = """Title: The _Last_ Lamp
Author: N. Author

# Act one

FADE IN:

EXT. BEACH - NIGHT #1#

MIRA (30), a woman with red hair, walks along the shore. [[A note.]] A BELL rings.

CUT TO:

INT. LIGHTHOUSE - KITCHEN - CONTINUOUS

MIRA (V.O.)
(waving)
The lamp is *dead*!

OLD TOM ^
I know.

/* INT. CELLAR - DAY */

.THE LOFT - DAWN

> THE END <
"""
SCRIPT_RU = """НАТ. ПЛЯЖ - ДЕНЬ

МИРА (30 лет) бежит по песку.

КУХНЯ. ИНТ. НОЧЬ

МИРА
(шёпотом)
Лампа погасла!

ПЕРЕХОД НА:
"""
SCRIPT_SIGNS = (
    *(b"[[", b"]]", b"/*", b"*/", b"(", b")", b"\n.A", b"\n@a\n", b"\n>", b"<\n", b"===", b"\n~"),
    *(b"CUT TO:\n", b" #1#\n", b"**_", b"\n  \n", b"\nTitle: a\n", b" (V.O.) ^\n", b" - NIGHT\n"),
    *("ИНТ. ДОМ - НОЧЬ\n".encode(), "\nТОМ (40 лет)\n".encode(), b"INT./EXT. ", b"'S ", b"\\"),
)
SCRIPT_XML = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
<Content>
<Paragraph Number="1" Type="Scene Heading"><SceneProperties Length="1/8" Page="1" Title=""/>
<Text>EXT. BEACH - NIGHT</Text></Paragraph>
<Paragraph Type="Action"><Text>MIRA (30) &amp; </Text><Text Style="Bold">TOM</Text>
<Text> run.</Text><ScriptNote><Paragraph><Text>A dragon?</Text></Paragraph></ScriptNote></Paragraph>
<Paragraph Type="Character"><Text>MIRA (V.O.)</Text></Paragraph>
<Paragraph Type="Parenthetical"><Text>(calm)</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>The sea.</Text></Paragraph>
<Paragraph Type="Transition"><Text>CUT TO:</Text></Paragraph>
<Paragraph><DualDialogue><Paragraph Type="Character"><Text>TOM</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>No.</Text></Paragraph></DualDialogue></Paragraph>
</Content>
<TitlePage><Content><Paragraph><Text>The Lamp</Text></Paragraph></Content></TitlePage>
</FinalDraft>
"""
XML_SIGNS = (
    *(
        b"<!DOCTYPE FinalDraft [",
        b'<!ENTITY a "b">',
        b'<!ENTITY a SYSTEM "file:///x">',
        b"]>",
        b"&a;",
    ),
    *(
        b"<Text>",
        b"</Text>",
        b"<Paragraph>",
        b"</Paragraph>",
        b'Type="Dialogue"',
        b"<![CDATA[",
        b"]]>",
    ),
    *(
        b"<!--",
        b"-->",
        b"<?x ?>",
        b"&#0;",
        b"&#x10ffff;",
        b"&lt;",
        b"encoding='utf-16'",
        b"<a>" * 80,
    ),
)
STORY_EN = (
    'At dawn Mira climbs the lighthouse. "Who is there?" she asks. Old Tom, a man with a grey '
    "beard, waves. INT. KITCHEN - NIGHT\nThey eat. CUT TO: the sea. Mira (30) laughs; he doesn't."
)
STORY_RU = "На рассвете Мира поднимается на маяк. — Кто там? — спросила она. Старик Том молчит."
SENTENCES = (
    *(
        b"INT. HOUSE - DAY\n",
        b"MIRA\n(whispering)\nNo.\n",
        b"She runs. ",
        b'"',
        b"\xe2\x80\x94 ",
        b".",
    ),
    *(
        b"Mira and Tom and Ann ",
        b"A" * 200,
        b"said ",
        b"\n\n",
        b", who",
        b"\xd0\xbe\xd0\xbd\xd0\xb0 ",
    ),
)
