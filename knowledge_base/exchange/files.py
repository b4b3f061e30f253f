"""Reading and writing exchange files; the name's ending says which format."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge_base.entry import Entry
from knowledge_base.entry_check import tidied
from knowledge_base.exchange.csv_file import read_csv, write_csv
from knowledge_base.exchange.entry_table import columns_needed, entry_cells, entry_header
from knowledge_base.exchange.jsonl import object_of, read_jsonl, rejected_objects, write_jsonl
from knowledge_base.exchange.row import Rejected
from knowledge_base.exchange.table import ImportFile, Progress, UnreadableFile, rejected_table
from knowledge_base.exchange.xlsx import read_xlsx, write_xlsx
from knowledge_base.whole_file import unfinished

LARGEST_FILE = 50 * 1024 * 1024
FORMATS = {".xlsx": read_xlsx, ".csv": read_csv, ".jsonl": read_jsonl}
WRITERS = {".xlsx": write_xlsx, ".csv": write_csv}


def _no_progress(_: int) -> None: ...


def read_rows(path: Path, progress: Progress = _no_progress) -> ImportFile:
    """All rows of a file, good and bad. Raises `UnreadableFile` for the file as a whole."""
    reader = FORMATS[format_of(path)]
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(str(error.strerror), tell="找不到这个文件") from error
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise UnreadableFile(
            f"has {size} bytes, more than {limit} MB: split it into several files",
            tell=f"文件超过 {limit} MB，请拆成几个文件导入",
        )
    return reader(path, progress)


def write_entries(path: Path, entries: Sequence[Entry], progress: Progress = _no_progress) -> None:
    """Writes all of `entries`, or nothing: an interrupted export leaves no half file."""
    ending = format_of(path)
    tidy = [tidied(entry) for entry in entries]
    with unfinished(path) as part:
        if ending == ".jsonl":
            write_jsonl(part, (object_of(entry) for entry in _counted(tidy, progress)))
        else:
            WRITERS[ending](part, entry_header(tidy), _lines(tidy, progress))


def write_rejected(path: Path, rejected: Sequence[Rejected]) -> Path:
    """Writes the rejected rows of `path` beside it, with the reasons; returns where.

    Raises `OSError`; the rejected rows of an earlier time then stay as they were.
    """
    ending = format_of(path)
    target = path.with_name(f"{path.stem}.rejected{path.suffix}")
    with unfinished(target) as part:
        if ending == ".jsonl":
            write_jsonl(part, rejected_objects(rejected))
        else:
            WRITERS[ending](part, *rejected_table(rejected))
    return target


def _lines(entries: Sequence[Entry], progress: Progress) -> Iterator[Sequence[object]]:
    spread = columns_needed(entries)
    return (entry_cells(entry, spread) for entry in _counted(entries, progress))


def format_of(path: Path) -> str:
    """The file's ending, one of `FORMATS`. Raises `UnreadableFile`."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UnreadableFile(
            f"not one of {', '.join(FORMATS)}: save it as one of them",
            tell="只能导入或导出 xlsx、csv 和 jsonl 文件；请在表格软件里另存为 xlsx",
        )
    return ending


def _counted(entries: Iterable[Entry], progress: Progress) -> Iterator[Entry]:
    for count, entry in enumerate(entries, start=1):
        yield entry
        progress(count)
