"""Handing out the lessons: every learner works in a copy of their own.

A copy the learner has changed is theirs and is never written over. A newer
edition of it is laid beside it, once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from retailkit.catalogue import language, later, say
from retailkit.disk import reason_of
from retailkit.keep import write_file
from retailkit.words import count_of, did_you_mean, listing

MEMORY = Path(".retailkit", "lessons.json")


def packaged_lessons() -> list[Path]:
    """The lessons the kit carries, in their order; in English."""
    package = Path(__file__).parent
    # an installed kit has them inside, a checkout beside the package
    for shelf in (package / "notebooks", package.parent / "notebooks"):
        if lessons := sorted(shelf.glob("*.ipynb")):
            return lessons
    raise ValueError(
        say(
            "The kit has no lessons in it. Install it again, or, in a checkout, "
            "make them with 'retailkit lessons build'."
        )
    )


def lessons_to_hand_out() -> list[Path]:
    """The lessons in the learner's language, where there is an edition in it, else in English."""
    editions = {path: path.parent / language() / path.name for path in packaged_lessons()}
    return [edition if edition.exists() else path for path, edition in editions.items()]


def teachers_notebooks() -> list[Path]:
    """The notebooks for teachers, in their order."""
    return sorted((packaged_lessons()[0].parent / "teacher").glob("*.ipynb"))


def hand_out(folder: str | Path, lessons: Iterable[Path] | None = None) -> list[str]:
    """Copy the lessons into the learner's folder; what was done, in sentences.

    Raises ValueError where `folder` is a file, OSError where it cannot be written.
    """
    lessons = lessons_to_hand_out() if lessons is None else lessons
    folder = open_folder(folder)
    memory = _read_memory(folder)
    before = json.dumps(memory)
    done: dict[str, list[str]] = {"new": [], "updated": [], "beside": []}
    try:
        for lesson in lessons:
            _hand_out_one(lesson, folder, memory, done)
    finally:
        # also after a full disk: what did get copied must be remembered as ours
        if json.dumps(memory) != before:
            _write_memory(folder, memory)
    return _sentences(done)


def restart(folder: str | Path, lesson: str, lessons: Iterable[Path] | None = None) -> list[str]:
    """A fresh copy of one lesson, and the old one kept aside; what was done, in sentences.

    `lesson` is its number or name. Raises ValueError where there is no such lesson, OSError
    where the folder cannot be written; then the old copy is what it was.
    """
    lessons = lessons_to_hand_out() if lessons is None else list(lessons)
    fresh, folder = find_lesson_file(lesson, lessons), open_folder(folder)
    copy, content = folder / fresh.name, unrun(fresh.read_bytes())
    said = []
    if copy.exists():
        if _hash(copy.read_bytes()) == _hash(content):
            return [say("Your '{name}' is as fresh as on the first day.", name=copy.name)]
        aside = _free_name(copy, "kept")
        copy.rename(aside)
        said.append(say("Your old copy is kept as '{name}'.", name=aside.name))
    try:
        write_file(copy, content)
    except OSError:
        if said:
            aside.rename(copy)
        raise
    memory = _read_memory(folder)
    memory[fresh.name] = {"started": _hash(content)}
    _write_memory(folder, memory)
    fresh_again = later("'{name}' is fresh.")
    if said:
        fresh_again = later(
            "'{name}' is fresh. If it is open in your browser, close its tab and open it again."
        )
    return [say(fresh_again, name=copy.name), *said]


def find_lesson_file(lesson: str, lessons: Iterable[Path]) -> Path:
    """The lesson meant by a number or a name.

    Raises ValueError that names the lessons there are, and the likely one.

    >>> shelf = [Path("06_best_customers.ipynb"), Path("07_triage.ipynb")]
    >>> [find_lesson_file(word, shelf).stem for word in ("7", "07", "triage", "07_Triage.ipynb")]
    ['07_triage', '07_triage', '07_triage', '07_triage']
    """
    by_name = {path.stem: path for path in lessons}
    word = lesson.strip().lower().removesuffix(".ipynb")
    for stem, path in by_name.items():
        number, _, name = stem.partition("_")
        if word in (stem, name, number, number.lstrip("0") or "0"):
            return path
    names = [stem.partition("_")[2] for stem in by_name]
    said = say(
        "There is no lesson {lesson!r}. There are {lessons}.",
        lesson=lesson,
        lessons=listing(by_name),
    )
    raise ValueError(f"{said}{did_you_mean(word.lstrip('0123456789_ '), names)}")


def _free_name(copy: Path, words: str) -> Path:
    """A name beside a copy that nothing has yet."""
    beside, number = copy.with_name(f"{copy.stem} ({words}){copy.suffix}"), 1
    while beside.exists():
        number += 1
        beside = copy.with_name(f"{copy.stem} ({words} {number}){copy.suffix}")
    return beside


def open_folder(folder: str | Path) -> Path:
    """The learner's folder, made where it is missing."""
    path = Path(folder).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ValueError(
            say("'{path}' is a file, not a folder. Choose a folder with --folder.", path=path)
        ) from error
    except OSError as error:
        raise OSError(
            say(
                "The folder '{path}' could not be made: {reason}. "
                "Choose a folder that is yours with --folder.",
                path=path,
                reason=reason_of(error),
            )
        ) from error
    return path


def _hand_out_one(
    lesson: Path, folder: Path, memory: dict[str, dict[str, str]], done: dict[str, list[str]]
) -> None:
    content = unrun(lesson.read_bytes())
    edition = _hash(content)
    copy = folder / lesson.name
    known = memory.get(lesson.name)
    if not copy.exists():
        done["new"].append(lesson.name)
    elif (mine := _hash(copy.read_bytes())) == edition:
        memory[lesson.name] = {"started": edition}
        return
    elif known is None:
        # nobody remembers what this was: it is the learner's, from today's edition on
        memory[lesson.name] = {"started": edition}
        return
    elif mine != known["started"]:
        _lay_beside(copy, content, known, done)
        return
    else:
        done["updated"].append(lesson.name)
    write_file(copy, content)
    memory[lesson.name] = {"started": edition}


def unrun(content: bytes) -> bytes:
    """A lesson as the learner gets it: nothing has been run, so nothing is given away."""
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _lay_beside(
    copy: Path, content: bytes, known: dict[str, str], done: dict[str, list[str]]
) -> None:
    edition = _hash(content)
    if edition in (known["started"], known.get("beside")):
        return
    number = 1
    while True:
        words = "new edition" if number == 1 else f"new edition {number}"
        beside = copy.with_name(f"{copy.stem} ({words}){copy.suffix}")
        # an earlier new edition may be replaced, unless the learner went on in it
        if not beside.exists() or _hash(beside.read_bytes()) in (edition, known.get("beside")):
            break
        number += 1
    write_file(beside, content)
    known["beside"] = edition
    done["beside"].append(beside.name)


def _sentences(done: dict[str, list[str]]) -> list[str]:
    said = []
    if done["new"]:
        said.append(say("Copied {lessons} for you.", lessons=count_of(len(done["new"]), "lesson")))
    if done["updated"]:
        said.append(
            say(
                "Brought {lessons} that you had not changed up to the new edition.",
                lessons=count_of(len(done["updated"]), "lesson"),
            )
        )
    said += [
        say(
            "There is a new edition of a lesson you have worked in; it lies beside yours as "
            "'{name}'.",
            name=name,
        )
        for name in done["beside"]
    ]
    return said


def _read_memory(folder: Path) -> dict[str, dict[str, str]]:
    """What was handed out earlier, by file name; nothing where it is missing or damaged."""
    try:
        memory = json.loads((folder / MEMORY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(memory, dict):
        return {}
    return {
        name: known
        for name, known in memory.items()
        if isinstance(known, dict) and isinstance(known.get("started"), str)
    }


def _write_memory(folder: Path, memory: dict[str, dict[str, str]]) -> None:
    open_folder(folder / MEMORY.parent)
    write_file(folder / MEMORY, json.dumps(memory, indent=1, sort_keys=True) + "\n")


def _hash(content: bytes) -> str:
    """What a lesson says and shows, in short; the same before and after JupyterLab opened it."""
    try:
        # a notebook that was only looked at gets new metadata and line breaks, but the same cells
        cells = [
            {part: _joined(value) for part, value in cell.items() if part != "metadata"}
            for cell in json.loads(content)["cells"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def _joined(value: object) -> object:
    """The same text, whether it was stored as one string or line by line."""
    if isinstance(value, list):
        whole = [_joined(one) for one in value]
        lines = [one for one in whole if isinstance(one, str)]
        return "".join(lines) if len(lines) == len(whole) else whole
    if isinstance(value, dict):
        return {key: _joined(one) for key, one in value.items()}
    return value
