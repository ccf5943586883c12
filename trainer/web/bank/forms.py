"""The form of a file of questions, and files carried from the report to the download."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired

from trainer.domain.errors import Invalid
from trainer.services.question_bank import MOST_BYTES, SourceFile
from trainer.web.forms import PageForm
from trainer.web.languages import language_choices

_TYPES = (".gift", ".txt", ".csv", ".tsv")
_ACCEPT = {"accept": f"{','.join(_TYPES)},text/plain,text/csv"}
_required = InputRequired(_l("Please fill this in."))


class BankForm(PageForm):
    """One file, or a GIFT file in each language."""

    course = SelectField(_l("Course"), [_required])
    file = FileField(
        _l("File"),
        description=_l("GIFT as Moodle exports it, or CSV as a spreadsheet saves it; at most 1 MB."),
        render_kw=_ACCEPT,
    )
    language = SelectField(
        _l("Language of the GIFT file"), description=_l("A CSV table holds both languages."), choices=language_choices()
    )
    other = FileField(
        _l("The same questions in the other language"),
        description=_l("For GIFT: a second file whose questions have the same ids."),
        render_kw=_ACCEPT,
    )


class CarriedForm(PageForm):
    """What was checked, to be taken as YAML: it is checked again."""

    course = HiddenField()
    language = HiddenField()
    files = HiddenField()


def sent_files(form: BankForm) -> list[SourceFile]:
    """The files that came. Raises Invalid where the first is missing or one is of another type."""
    found: list[SourceFile] = []
    for name in ("file", "other"):
        sent = form[name].data
        if not isinstance(sent, FileStorage) or not sent.filename:
            if name == "file":
                raise Invalid("bank.no_file", field=name)
            continue
        if not sent.filename.lower().endswith(_TYPES):
            raise Invalid("bank.wrong_type", field=name)
        found.append(SourceFile(sent.filename[-120:], sent.read(MOST_BYTES + 1)))
        sent.close()  # a large one stands in a file of the system
    return found


def packed(files: Sequence[SourceFile]) -> str:
    """Files as a text that a form can carry."""
    head = json.dumps([[one.name, len(one.data)] for one in files]).encode()
    return base64.b64encode(zlib.compress(head + b"\n" + b"".join(one.data for one in files), 9)).decode()


def unpacked(text: str) -> list[SourceFile]:
    """The files again. Raises Invalid for what was never packed here."""
    try:
        reader = zlib.decompressobj()
        data = reader.decompress(base64.b64decode(text, validate=True), 2 * MOST_BYTES + 4096)
        head, _, rest = data.partition(b"\n")
        files: list[SourceFile] = []
        for name, size in json.loads(head):
            files.append(SourceFile(str(name), rest[: int(size)]))
            rest = rest[int(size) :]
    except (ValueError, TypeError, OverflowError, zlib.error, RecursionError) as error:
        raise Invalid("bank.no_file", field="file") from error
    if not 1 <= len(files) <= 2 or rest or reader.unconsumed_tail:
        raise Invalid("bank.no_file", field="file")
    return files
