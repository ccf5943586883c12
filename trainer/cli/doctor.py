"""`flask doctor`: try every engine on this machine for real and say what works.

Exit status 1 when something that the product cannot do without does not work; what is only degraded is shown as such.
"""

from __future__ import annotations

import re
import secrets
import sys
import time
from collections.abc import Iterator
from functools import partial

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.adapters.encoder import build_encoder
from trainer.adapters.speech import build_recognizer, build_synthesizer
from trainer.adapters.speech.audio import read_audio
from trainer.cli.doctor_certificates import certificate_findings
from trainer.cli.doctor_findings import Finding, tried
from trainer.config import Settings
from trainer.jobs import job
from trainer.ports import Attachment, EngineUnavailable, Judge, Ports, Voice
from trainer.services.design_checks import Offer, offers

SENTENCES = {
    "en": "Good morning, could you tell me your name please?",
    "fr": "Bonjour, pouvez-vous me donner votre nom, s'il vous plaît ?",
}
_WORD = re.compile(r"\w+")
_QUEUE_SECONDS = 5.0


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Try speech, language, judge, PDF, certificates' keys, files and queue on this machine."""
    settings: Settings = current_app.extensions["settings"]
    ports: Ports = current_app.extensions["ports"]
    fatal = 0
    for finding in examine(settings, ports):
        colour = {"works": "green", "degraded": "yellow", "fails": "red", "off": None}[finding.state]
        state = click.style(f"{finding.state:9}", fg=colour)
        click.echo(f"{finding.part:28} {state} {finding.seconds:6.2f} s  {finding.detail}")
        fatal += finding.required and finding.state == "fails"
    if fatal:
        click.echo(f"{fatal} required part{'s do' if fatal > 1 else ' does'} not work.", err=True)
        sys.exit(1)
    click.echo("Everything that is required works.")


def examine(settings: Settings, ports: Ports) -> Iterator[Finding]:
    """Each finding as soon as it is known."""
    voices, ears = set(), set()
    for name in _voice_names(settings):
        for language in ("en", "fr"):
            if language == "fr" and name == "flite":
                continue
            finding = tried(f"voice {name} ({language})", partial(_speaks, settings, name, language))
            voices |= {language} if finding.state == "works" else set()
            yield finding
    for name in settings.recognizers:
        for language in ("en", "fr"):
            if language == "fr" and name == "sphinx":
                continue
            finding = tried(f"recognition {name} ({language})", partial(_hears, settings, name, language))
            ears |= {language} if finding.state == "works" else set()
            yield finding
    for language in ("en", "fr"):
        has_voice = language in voices
        yield Finding(f"a voice ({language})", "works" if has_voice else "fails",
                      "" if has_voice else "customers cannot speak: install espeak-ng", 0.0, required=True)  # fmt: skip
        has_ear = language in ears
        yield Finding(f"recognition ({language})", "works" if has_ear else "degraded",
                      "" if has_ear else "replies must be typed: run `flask models install`", 0.0)  # fmt: skip
    yield tried("sentence encoder", _encodes, missing="degraded")
    if ports.judge is None:
        yield Finding("judge", "off", "JUDGE_URL and JUDGE_MODEL are not set: the rules alone grade replies", 0.0)
    else:
        yield tried("judge", partial(_judges, ports.judge), missing="degraded")
    yield tried("PDF", partial(_renders, ports), required=True, missing="fails")
    yield from (_drawn(offer) for offer in offers(settings.certificates))
    yield from certificate_findings(settings, ports)
    yield tried("file store", partial(_stores, ports), required=True, missing="fails")
    yield tried("job queue", partial(_queues, ports), required=True, missing="fails")


def _voice_names(settings: Settings) -> list[str]:
    local = [*(["piper"] if settings.piper_voices else []), "flite", "espeak"]
    names = [part for name in settings.synthesizers for part in (local if name == "local" else [name])]
    return list(dict.fromkeys(names))


def _speaks(settings: Settings, name: str, language: str) -> str:
    voice = build_synthesizer(engines=(name,), piper_voices=settings.piper_voices)
    spoken = voice.say(SENTENCES[language], Voice(language), line="telephone")
    return f"{spoken.engine}, {spoken.seconds:.1f} s of sound"


def _hears(settings: Settings, name: str, language: str) -> str:
    ear = build_recognizer(
        engines=(name,),
        models=settings.models,
        whisper_model=settings.whisper_model,
        google_key=settings.google_speech_key,
        cpu_threads=settings.cpu_threads,
    )
    line = build_synthesizer().say(SENTENCES[language], Voice(language, "male"), line="clear")
    heard = ear.recognize(read_audio(line.wav), language=language)
    if not heard.text:
        raise EngineUnavailable(name, "it hears nothing where a sentence is said")
    right = set(_WORD.findall(SENTENCES[language].lower())) & set(_WORD.findall(heard.text.lower()))
    known = len(set(_WORD.findall(SENTENCES[language].lower())))
    note = " (the offline French voice is hard to recognize; people are not)" if language == "fr" else ""
    return f"{heard.engine}: {len(right)} of {known} words of a synthesized line{note}"


def _encodes() -> str:
    encoder = build_encoder()
    one, same, other = encoder.encode(
        ["I want to cancel my contract", "Je veux résilier mon contrat", "It rains today"]
    )
    near, far = (sum(a * b for a, b in zip(one, vector, strict=True)) for vector in (same, other))
    if near <= far:
        raise EngineUnavailable(encoder.name, "it finds unlike sentences more alike than like ones")
    return f"{encoder.engine}: the same in two languages {near:.2f}, another sentence {far:.2f}"


def _judges(judge: Judge) -> str:
    question = {"offers_step": "Does it offer to do something?"}
    (answer,) = judge.answer("I can refund it today.", "The customer was charged twice.", question, language="en")
    return f"{judge.name} is reachable and says {answer.answer} where yes is right"


def _renders(ports: Ports) -> str:
    document = "<!doctype html><html lang='en'><head><title>Trial</title></head><body><p>Trial</p></body></html>"
    # With an attachment, as certificates have: such a file is signed where a key for that is set.
    file = Attachment("trial.json", b"{}", "application/json")
    pdf = ports.pdf.render(document, base_folder=".", attachments=[file])
    if not pdf.startswith(b"%PDF"):
        raise EngineUnavailable("pdf", "what was rendered is no PDF")
    return f"{len(pdf) / 1024:.0f} kB rendered"


def _drawn(offer: Offer) -> Finding:
    detail = f"{offer.slug}/{offer.faults[0]}" if offer.faults else "read and tried with its samples"
    return Finding(f"design {offer.slug}", "degraded" if offer.faults else "works", detail, 0.0)


def _stores(ports: Ports) -> str:
    key, data = f"doctor/{secrets.token_hex(8)}", secrets.token_bytes(1024)
    ports.files.write(key, data)
    try:
        if ports.files.read(key) != data:
            raise EngineUnavailable("files", "what was read is not what was written")
    finally:
        ports.files.delete(key)
    return "written, read and deleted"


@job
def answer_doctor(key: str) -> None:
    """Prove that jobs are run: write the file that the doctor waits for."""
    ports: Ports = current_app.extensions["ports"]
    ports.files.write(key, b"a job ran")


def _queues(ports: Ports) -> str:
    key = f"doctor/{secrets.token_hex(8)}"
    started = time.monotonic()
    ports.queue.enqueue("answer_doctor", key=key)
    while not ports.files.exists(key):
        if time.monotonic() - started > _QUEUE_SECONDS:
            raise EngineUnavailable("queue", f"no worker ran a job within {_QUEUE_SECONDS:.0f} seconds")
        time.sleep(0.01)
    ports.files.delete(key)
    return f"{type(ports.queue).__name__} ran a job"
