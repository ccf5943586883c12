"""`flask certificates preview`: a design with all of its samples, as PDF."""

from __future__ import annotations

import re
from pathlib import Path

import click
from flask.cli import with_appcontext

from trainer.cli.careers import fail
from trainer.cli.one_line import reason_of
from trainer.content.design_samples import read_samples
from trainer.content.yaml_nodes import LANGUAGES
from trainer.domain.errors import NotFound
from trainer.ports import PortError
from trainer.services.certificate_pages import certificate_html
from trainer.services.design_checks import Offer, find_offer, offers
from trainer.web import context


@click.command("preview")
@click.argument("design")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the PDF files; made."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Only this language; both if not given.")
@with_appcontext
def preview(design: str, out: Path, language: str | None) -> None:
    """Check DESIGN, a folder of certificates/ or any other, and write each of its samples as a PDF. Prints the files."""
    offer = _offer(design)
    if offer.design is None:
        fail("\n".join(f"{offer.slug}/{fault}" for fault in offer.faults), 1)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for sample in read_samples(offer.design.folder):
            for one in (language,) if language else LANGUAGES:
                page = certificate_html(offer.design, sample.record, one)
                pdf = context.ports().pdf.render(page, base_folder=str(offer.design.folder))
                path = out / f"{offer.slug}-{re.sub(r'[^a-z0-9]+', '-', sample.name.lower()).strip('-')}-{one}.pdf"
                path.write_bytes(pdf)
                click.echo(path)
    except PortError as error:
        fail(str(error), 1)
    except OSError as error:
        fail(reason_of(error), 1)


def _offer(name: str) -> Offer:
    """By name, or by the way to a folder that is being worked on."""
    folder = Path(name)
    designs = folder.parent if len(folder.parts) > 1 else context.settings().certificates
    try:
        return find_offer(designs, folder.name)
    except NotFound:
        known = ", ".join(offer.slug for offer in offers(context.settings().certificates))
        fail(f"there is no design {name!r}; known: {known}")
