"""How a file is written is found out from its beginning, or from what of it says most."""

from pathlib import Path

from verbatlas.tables.detection import detect, detect_by_the_rest, foreign_part

ASCII_ROWS = b"id,text\n" + b"".join(b"%d,all is well here\n" % row for row in range(30_000))


def test_the_lines_beyond_ascii_are_found_wherever_they_are(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(ASCII_ROWS + "30001,太慢了\n".encode("gb18030") + ASCII_ROWS + "60001,café".encode("gb18030"))

    assert foreign_part(path) == "30001,太慢了\n60001,café".encode("gb18030")


def test_a_beginning_that_says_little_is_judged_with_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "thin.csv"
    late = "".join(f"{row},电池不耐用，客服不理人\n" for row in range(40)).encode("gb18030")
    path.write_bytes("编号,text\n".encode("gb18030") + ASCII_ROWS + late)

    found = detect(path, path)

    assert found.format.encoding == "gb18030"
    assert found.encoding_sure > 0.95


def test_a_beginning_in_plain_ascii_is_corrected_by_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(ASCII_ROWS + "1,très déçu, livraison très tardive\n".encode("cp1252") * 20)

    found = detect(path, path)

    assert found.format.encoding == "utf-8"
    assert detect_by_the_rest(path, found).format.encoding == "cp1252"


def test_a_text_file_of_lines_is_one_column_and_a_csv_of_the_same_is_not(tmp_path: Path) -> None:
    content = b"kind,text\nA,slow\nB,dear\nA,too slow, too dear\n"
    for suffix, delimiter in ((".txt", "\t"), (".csv", ",")):
        path = tmp_path / f"lines{suffix}"
        path.write_bytes(content)
        assert detect(path, path).format.delimiter == delimiter
