"""What holds for the repository as a whole."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 400
LONGEST_README = 150
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEAVY = {
    "alembic", "docx", "faiss", "fastapi",
    "index", "nicegui", "numpy", "openpyxl", "pdfplumber", "pypdfium2",
    "sentence_transformers", "sklearn", "sqlalchemy", "tantivy", "torch", "trafilatura", "uvicorn",
}  # fmt: skip
"""Libraries that take long to import: only the command that needs one pays for it."""


def kept(pattern: str) -> list[Path]:
    """Return the files of the checkout that match, without what git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).exists()]


def test_python_files_stay_short() -> None:
    long = {
        path.name: lines
        for path in kept("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_stays_short(name: str) -> None:
    assert len((ROOT / name).read_text("utf-8").splitlines()) < LONGEST_README


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in kept("*.md")
        for target in LINK.findall(page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target.partition("#")[0]).exists()
    ]
    assert not broken


def test_every_word_table_names_its_sources() -> None:
    lacking = [str(table.relative_to(ROOT)) for table in kept("*.tsv") if "source" not in column_heads(table)]
    assert not lacking


def column_heads(table: Path) -> list[str]:
    """Return the first line that is no comment, cut at the tabs."""
    lines = table.read_text("utf-8").splitlines()
    return next((line for line in lines if line and not line.startswith("#")), "").split("\t")


def test_constraints_pin_every_dependency() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in settings["project"]["dependencies"]}
    pinned = {line.partition("==")[0] for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()}
    assert not wanted - pinned


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["serve", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from service.cli import main\n"
        f"sys.argv = ['taizhang', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        f"print('HEAVY', *sorted({HEAVY!r} & set(sys.modules)))\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines()[-1] == "HEAVY"
