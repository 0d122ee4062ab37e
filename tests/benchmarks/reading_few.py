"""How often an encoding is found where next to nothing is beyond ASCII: a sign, a name, one comment in another script.

    python tests/benchmarks/reading_few.py

The signs and the words were at hand while the likelihoods were written: they are no check on generalisation.
"""

import random
from collections import Counter
from pathlib import Path

import PySide6
from reading_held_out import can_hold, sentences, table_of

from verbatlas.tables.encoding import detect_encoding

_SIGNS = (
    "£5",
    "20°C",
    "€5",
    "5 €",
    "© 2020",
    "Acme™",
    "Acme®",
    "§ 5",
    "¤",
    "½ cup",
    "2½",
    "5 µm",
    "10 m²",
    "±5",
    "3×4",
    "a – b",
    "it’s late",
    "“good” food",
    "so…",
    "‘ok’",
    "«oui»",
    "¿Qué?",
    "¡Hola!",
    "N° 5",
    "Nº 5",
    "1º",
    "1ª",
    "café",
    "naïve",
    "résumé",
    "Zoë",
    "José",
    "Müller",
    "Straße",
    "Ærø",
    "Åse",
    "Øl",
    "señor",
    "garçon",
    "très bon",
    "à la carte",
    "Ça va",
    "élève",
    "São Paulo",
    "Noël",
    "crème brûlée",
    "a\u00a0b",
    "10\u00a0000",
    "5\u00a0€",
    "•\u00a0x",
    "· x",
    "4 ÷ 2",
    "¢50",
    "¥100",
    "word—word",
    "she said ‘no’",
    "don’t",
    "10–20",
    "‰",
    "†",
    "ß",
    "é",
    "°",
    "£",
    "€",
    "©",
    "\u00a0",
    "’",
    "“",
    "”",
    "–",
    "—",
    "…",
    "®",
    "™",
    "½",
    "¼",
    "³",
    "²",
    "µ",
    "§",
    "¶",
    "«",
    "»",
    "¿",
    "¡",
    "×",
    "÷",
    "ø",
    "å",
    "ñ",
    "ç",
    "ü",
    "ö",
    "ä",
    "Ä",
    "Ö",
    "Ü",
    "É",
    "à",
    "è",
    "Français",
    "Español",
    "Português",
    "déjà vu",
    "Björk",
    "Røde",
    "Lódz",
    "coöperate",
    "Hôtel",
    "Où",
    "œuf",
    "Œuvre",
    "Šk",
    "ž",
    "5‰",
    "50 °F",
    "180° turn",
    "Größe: 5",
    "für",
    "über",
    "Ünal",
    "“A”",
    "1,5 €/kg",
    "€/kg",
    "£1.50",
    "£m",
    "x²",
    "m³",
    "CO²",
    "½ price",
    "±0.5",
    "§5",
    "¶ 3",
    "©Acme",
    "Acme©",
    "®Acme",
    "100€",
    "100£",
    "5°",
    "5° 3'",
    "–5",
    "- –",
    "‹a›",
    "ƒ",
    "ˆ",
    "˜",
    "¬",
    "¯x",
    "¨",
    "´s",
    "don´t",
    "it´s",
    "¸",
    "¦",
)
_TABLES = (
    "a,b,c\n1,2,3\n4,5,{}\n",
    "id,name\n1,english\n2,{}\n",
    "id,comment\n1,The parcel came late\n2,We paid {} for it and it was fine\n3,Will buy again\n",
    "id;{}\n1;2\n",
    "{}\n",
    'id,name,comment\n1,Ann,"{}"\n2,Bob,good\n',
    "1,{},x\n2,{},y\n3,5,z\n",
    "id,a\n" + "1,ok it is\n" * 50 + "2,{}\n",
)
_WORDS = {
    "cp1251": (
        "да",
        "нет",
        "хорошо",
        "не очень",
        "Плохо",
        "Очень долго ждали",
    ),
    "koi8_r": (
        "хорошо",
        "Плохо",
        "Очень долго ждали",
    ),
    "cp866": (
        "хорошо",
        "Очень долго ждали",
    ),
    "iso8859_5": (
        "хорошо",
        "Очень долго ждали",
    ),
    "gb18030": (
        "好",
        "很好",
        "服务差",
        "不错",
        "质量太差了",
        "快",
    ),
    "big5hkscs": (
        "很好",
        "服務差",
        "不錯",
        "質量太差了",
    ),
    "cp932": (
        "はい",
        "良い",
        "とても良い",
        "遅い",
        "ﾌﾘｺﾐ",
        "ｶ)ﾄﾖﾀ",
    ),
    "euc_jp": (
        "はい",
        "とても良い",
        "遅いです",
    ),
    "cp949": (
        "네",
        "좋아요",
        "너무 늦어요",
    ),
    "cp1253": (
        "ναι",
        "καλό",
        "πολύ καλό",
    ),
    "iso8859_7": (
        "καλό",
        "πολύ αργά",
    ),
    "cp1255": (
        "כן",
        "טוב",
        "לא טוב",
    ),
    "cp1256": (
        "نعم",
        "جيد",
        "جيد جدا",
    ),
    "cp874": (
        "ดี",
        "ดีมาก",
        "ช้ามาก",
    ),
    "cp1250": (
        "źle",
        "świetnie",
        "dobře, děkuji",
        "špatný",
    ),
    "iso8859_2": (
        "świetnie",
        "dobře, děkuji",
    ),
    "cp1254": (
        "çok iyi değil",
        "güzel şişe",
        "yavaş",
    ),
    "cp1257": (
        "ačiū labai",
        "viskas gerai, ačiū už viską",
    ),
    "mac_roman": (
        "café très bon",
        "größer als für mich",
    ),
    "cp850": (
        "café très bon",
        "größer als für mich",
    ),
}
# The encodings that a country's programs use, by Qt's name of its language.
_OWN = {
    "ar": ("cp1256",),
    "bg": ("cp1251",),
    "ca": ("cp1252",),
    "cs": (
        "cp1250",
        "iso8859_2",
    ),
    "da": ("cp1252",),
    "de": (
        "cp1252",
        "mac_roman",
        "cp850",
    ),
    "es": ("cp1252",),
    "fi": ("cp1252",),
    "fr": (
        "cp1252",
        "mac_roman",
        "cp850",
    ),
    "gd": ("cp1252",),
    "he": ("cp1255",),
    "hr": ("cp1250",),
    "hu": (
        "cp1250",
        "iso8859_2",
    ),
    "it": ("cp1252",),
    "ja": (
        "cp932",
        "euc_jp",
    ),
    "ko": ("cp949",),
    "lv": ("cp1257",),
    "nl": ("cp1252",),
    "nn": ("cp1252",),
    "pl": (
        "cp1250",
        "iso8859_2",
    ),
    "pt_BR": ("cp1252",),
    "ru": (
        "cp1251",
        "koi8_r",
        "cp866",
        "iso8859_5",
    ),
    "sk": ("cp1250",),
    "sv": ("cp1252",),
    "tr": ("cp1254",),
    "uk": (
        "cp1251",
        "koi8_u",
    ),
    "zh_CN": ("gb18030",),
    "zh_TW": ("big5hkscs",),
}
_SIZES = (1, 3, 8, 20)
_DRAWS = 4


def main() -> None:
    """Print a Markdown table."""
    print("| what is beyond ASCII | files | encoding right |\n| --- | --- | --- |")
    _print("Western signs and words", [(_filled(table, sign), codec) for sign in _SIGNS for table in _TABLES
                                       for codec in ("cp1252", "utf-8")])  # fmt: skip
    _print("a word or two of another language", [(_filled(table, word), codec) for codec, words in _WORDS.items()
                                                 for word in words for table in _TABLES])  # fmt: skip
    for size, files in _translations().items():
        _print(f"{size} characters of a language", files)


def _filled(table: str, words: str) -> str:
    return table.format(*[words] * table.count("{}"))


def _translations() -> dict[int, list[tuple[str, str]]]:
    draw = random.Random(7)
    found: dict[int, list[tuple[str, str]]] = {size: [] for size in _SIZES}
    folder = next(Path(PySide6.__file__).parent.rglob("translations"))
    for path in sorted(folder.glob("qtbase_*.qm")):
        codecs = ("utf-8", *_OWN.get(path.stem.removeprefix("qtbase_"), ()))
        known = list(sentences(path.read_bytes()))
        for size in _SIZES * _DRAWS:
            draw.shuffle(known)
            text = table_of(known, size)
            found[size] += [(text, codec) for codec in codecs if text and can_hold(text, codec)]
    return found


def _print(what: str, files: list[tuple[str, str]]) -> None:
    right: Counter[bool] = Counter()
    for text, codec in files:
        content = text.encode(codec)
        found = detect_encoding(content, is_whole=True)
        right[found is not None and content.decode(found.name, "replace") == text] += 1
    print(f"| {what} | {len(files):,} | {right[True]:,} |")


if __name__ == "__main__":
    main()
