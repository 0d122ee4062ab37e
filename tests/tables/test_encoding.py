"""Files from Beijing, Taipei, Tokyo, Seoul and Frankfurt are read as what they are."""

import pytest

from verbatlas.tables.encoding import decodes, detect_encoding

SIMPLIFIED = "编号,评论\n1,电池不耐用，充电太慢，客服也不理人\n2,快递很快，包装完好，非常满意\n3,更新以后经常闪退\n"
TRADITIONAL = "編號,評論\n1,電池不耐用，充電太慢，客服也不理人\n2,快遞很快，包裝完好，非常滿意\n3,更新以後經常閃退\n"
JAPANESE = (
    "番号,コメント\n1,バッテリーがすぐに切れます\n2,配送がとても早くて助かりました\n3,問い合わせの返事がありません\n"
)
KOREAN = "번호,의견\n1,배터리가 너무 빨리 닳아요\n2,배송이 아주 빨라서 좋았습니다\n3,고객센터가 답을 하지 않아요\n"
GERMAN = "Nr;Kommentar\n1;Die Lieferung war für mich zu spät\n2;Sehr schöne Verpackung, größer als gedacht\n"
FRENCH = "no;avis\n1;La livraison a été très rapide, déjà reçu\n2;Ça ne marche pas, c’est dommage\n"


@pytest.mark.parametrize(
    ("text", "encoding", "names"),
    [
        (SIMPLIFIED, "utf-8", {"utf-8"}),
        (SIMPLIFIED, "gb18030", {"gb18030"}),
        (SIMPLIFIED, "gbk", {"gb18030"}),
        (TRADITIONAL, "big5", {"big5hkscs"}),
        (JAPANESE, "cp932", {"cp932"}),
        (JAPANESE, "euc_jp", {"euc_jp"}),
        (KOREAN, "cp949", {"cp949"}),
        (GERMAN, "cp1252", {"cp1252"}),
        (FRENCH, "cp1252", {"cp1252"}),
        (SIMPLIFIED, "utf-16-le", {"utf-16-le"}),
        (GERMAN, "utf-16-be", {"utf-16-be"}),
        (GERMAN, "utf-32-le", {"utf-32-le"}),
    ],
)
def test_an_encoding_is_recognised_by_its_text(text: str, encoding: str, names: set[str]) -> None:
    found = detect_encoding(text.encode(encoding), is_whole=True)

    assert found is not None
    assert found.name in names
    assert not found.byte_order_mark


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_says_it_all(encoding: str) -> None:
    found = detect_encoding(("\ufeff" + SIMPLIFIED).encode(encoding), is_whole=True)

    assert found is not None
    assert (found.name, found.byte_order_mark) == (encoding, True)


def test_a_character_cut_off_at_the_end_of_the_sample_is_no_error() -> None:
    sample = SIMPLIFIED.encode()[:-2]

    assert decodes(sample, "utf-8", is_whole=False)
    assert not decodes(sample, "utf-8", is_whole=True)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
        b"PK\x03\x04" + bytes(range(256)) * 10,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        bytes((i * 7919 + i // 3) % 256 for i in range(5000)),
        b"\x00\x01\x02\x03" * 500,
    ],
    ids=["png", "zip", "pdf", "noise", "nulls"],
)
def test_what_is_no_text_is_not_taken_for_one(content: bytes) -> None:
    assert detect_encoding(content, is_whole=True) is None


def test_a_few_null_bytes_do_not_make_a_text_binary() -> None:
    found = detect_encoding(b"id,comment\n1,so \x00slow\n" * 20, is_whole=True)

    assert found is not None
    assert found.name == "utf-8"


RUSSIAN = "номер;отзыв\n1;Посылка шла очень долго, никто не отвечал\n2;Всё хорошо, спасибо за быструю доставку\n"
POLISH = "nr;opinia\n1;Bardzo późna dostawa, źle zapakowane\n2;Świetna jakość, łatwy zwrot, będę polecać\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (RUSSIAN, "gb18030"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (FRENCH.replace("’", "'"), "iso8859_15"),
        (FRENCH, "mac_roman"),
        (SIMPLIFIED, "utf-32-be"),
        (KOREAN, "utf-16-be"),
        (JAPANESE, "iso2022_jp"),
        (TRADITIONAL, "gb18030"),
    ],
)
def test_the_text_is_what_it_was_whichever_codec_gives_it(text: str, encoding: str) -> None:
    found = detect_encoding(text.encode(encoding), is_whole=True)

    assert found is not None
    assert text.encode(encoding).decode(found.name) == text
    assert found.sure > 0.8


def test_few_characters_say_little_and_the_next_best_is_named() -> None:
    thin = detect_encoding("id,text\n1,café\n".encode("cp1252"), is_whole=True)
    rich = detect_encoding(JAPANESE.encode("cp932"), is_whole=True)

    assert thin is not None
    assert rich is not None
    assert thin.is_thin
    assert thin.sure < rich.sure
    assert thin.next_best
    assert not rich.is_thin


def test_a_few_broken_characters_do_not_change_the_encoding() -> None:
    for encoding in ("utf-8", "gb18030"):
        content = (SIMPLIFIED * 10).encode(encoding) + b"99,\xff\xfe\n"
        found = detect_encoding(content, is_whole=True)
        assert found is not None
        assert found.name == encoding


def test_a_text_in_an_alphabet_without_encodings_of_its_own_is_read_as_unicode() -> None:
    text = "id,text\n" + "".join(f"{row},მიტანა ძალიან ნელია\n" for row in range(20))
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
        found = detect_encoding(text.encode(encoding), is_whole=True)
        assert found is not None
        assert found.name == encoding


def test_five_hundred_characters_of_valid_utf_8_leave_no_doubt() -> None:
    text = "太慢了，客服不理人。\n" * 60
    found = detect_encoding(text.encode(), is_whole=True)
    assert found is not None
    assert (found.name, found.sure, found.next_best) == ("utf-8", 1.0, "")
    other = detect_encoding(text.encode("gb18030"), is_whole=True)
    assert other is not None
    assert other.name == "gb18030"


WESTERN = [
    *("©", "£5", "€5", "20°C", "5 €", "§ 5", "Acme®", "Acme™", "± 5", "2½", "5 µm", "10 m²", "1º", "a\xa0b", "3×4"),
    *("«oui»", "¿Qué?", "it’s late", "“good” food", "so…", "a – b", "word—word", "café", "naïve", "Straße", "señor"),
    *("Müller", "Ærø", "à la carte", "São Paulo", "élève", "José", "Öl", "É", "ß", "°", "\xa0", "®", "«", "•"),
]


@pytest.mark.parametrize("sign", WESTERN)
@pytest.mark.parametrize(
    "table",
    [
        "a,b,c\n1,2,3\n4,5,{}\n",
        "id,name\n1,english\n2,{}\n",
        'id,comment\n1,The parcel came late\n2,"We paid {} for it, and it was fine"\n3,Will buy again\n',
        "id;text\n" + "1;nothing to say\n" * 200 + "2;{}\n",
    ],
)
def test_one_western_sign_among_ascii_is_one(table: str, sign: str) -> None:
    content = table.format(sign).encode("cp1252")
    found = detect_encoding(content, is_whole=True)

    assert found is not None
    assert content.decode(found.name) == table.format(sign)


@pytest.mark.parametrize(
    ("word", "encoding"),
    [
        ("很好", "gb18030"),
        ("好", "gb18030"),
        ("服務差", "big5"),
        ("とても良い", "cp932"),
        ("はい", "euc_jp"),
        ("좋아요", "cp949"),
        ("хорошо", "cp1251"),
        ("хорошо", "koi8_r"),
        ("хорошо", "cp866"),
        ("καλό", "cp1253"),
        ("جيد جدا", "cp1256"),
        ("çok iyi değil", "cp1254"),
    ],
)
def test_one_word_of_another_script_among_ascii_is_one(word: str, encoding: str) -> None:
    text = f"id,comment\n1,The parcel came late\n2,{word}\n3,Will buy again\n"
    content = text.encode(encoding)
    found = detect_encoding(content, is_whole=True)

    assert found is not None
    assert content.decode(found.name) == text


@pytest.mark.parametrize("sign", ["¦", "§", "×", "þ", "Ç", "ƒ", "¤", "é", "😀", "好", "да", "½"])
def test_a_delimiter_beyond_ascii_does_not_make_utf_8_something_else(sign: str) -> None:
    text = "".join(f"{row}{sign}Ann{sign}late\n" for row in range(12))
    for content in (text, text[:5]):
        found = detect_encoding(content.encode(), is_whole=True)
        assert found is not None
        assert found.name == "utf-8"


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_utf_8_that_ends_within_a_character_is_still_utf_8(cut: int) -> None:
    for content in ("1,Ann,späte Lieferung ", "1,Ann,£5 ", "1,安,太慢了"):
        found = detect_encoding(content.encode() + "😀".encode()[:cut], is_whole=True)
        assert found is not None
        assert found.name == "utf-8"


def test_a_last_letter_that_could_begin_a_character_does_not_make_a_text_utf_8() -> None:
    found = detect_encoding("id,name\n1,caf\xe9".encode("cp1252"), is_whole=True)
    assert found is not None
    assert found.name == "cp1252"


def test_two_bytes_that_are_an_accent_on_nothing_in_utf_8_are_an_ideograph() -> None:
    found = detect_encoding("编号,评论\n1,通\n".encode("gb18030"), is_whole=True)
    assert found is not None
    assert found.name == "gb18030"


def test_polish_in_the_encoding_of_south_eastern_europe_is_no_japanese() -> None:
    text = POLISH + "3;Rachunek wzrósł dwukrotnie, żądam zwrotu nadpłaty za zieloną taryfę\n"
    found = detect_encoding(text.encode("iso8859_16"), is_whole=True)
    assert found is not None
    assert text.encode("iso8859_16").decode(found.name) == text
