"""A wheel works where there is no checkout: its resources come along and its command runs."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(_ROOT)]
    subprocess.run(words, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_resources_and_licence_are_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for part in ("resources/samples/", "resources/fonts/VerbatlasSansSC.otf", "resources/translations/", "LICENSE"):
        assert any(part in name for name in names), part
    assert not any(name.startswith("tests/") for name in names)


def test_the_command_works_outside_of_the_checkout(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    # The dependencies are those of the running environment; only the package itself comes from the wheel.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    dependencies = [path for path in sysconfig.get_paths().values() if path.endswith("site-packages")]
    (Path(site) / "dependencies.pth").write_text("\n".join(dict.fromkeys(dependencies)) + "\n")
    where = subprocess.run(
        [python, "-c", "import verbatlas.resources as r; print(r.resource('samples'))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    ).stdout.strip()
    assert Path(where).is_relative_to(environment)
    source, output = sorted(Path(where).glob("*_zh.csv"))[0], tmp_path / "out.csv"

    finished = subprocess.run(
        [environment / "bin" / "verbatlas", "label", source, "-o", output, "--map", tmp_path / "map.png"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"VERBATLAS_LANGUAGE": "en"},
        check=False,
    )

    assert finished.returncode == 0, finished.stderr
    assert output.exists()
    assert (tmp_path / "map.png").stat().st_size > 10_000
