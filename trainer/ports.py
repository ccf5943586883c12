"""The doors between the product and the machine: one Protocol for each thing that is slow, outside or replaceable.

Services receive these as arguments (bundled in `Ports`); `trainer.app` decides which adapter stands behind each.
Every port has one real adapter or more and one scripted twin, held to the same tests (`tests/adapters/test_contracts.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

PCM_RATE = 16_000
"""Samples a second of every operator recording inside the product (mono, signed 16 bit, little endian)."""


class PortError(Exception):
    """An engine behind a port failed; `engine` names it, `reason` says what a person can do about it."""

    def __init__(self, engine: str, reason: str) -> None:
        super().__init__(f"{engine}: {reason}")
        self.engine = engine
        self.reason = reason


class EngineUnavailable(PortError):
    """The engine, its model, its program or its network is not there. Another engine may be tried."""


class AudioRejected(PortError):
    """The audio itself cannot be used (broken, empty, too long, not audio). Trying another engine is of no use."""


@dataclass(frozen=True, slots=True)
class RecognizedWord:
    """One word with its place in the audio, in seconds from the start of that audio; confidence 0 to 1."""

    word: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an engine heard. `text` is "" for silence. `words` is empty where the engine gives no times.

    `confidence` is 0 to 1 for the whole; `language` is the language asked for; `detected_language` is what
    the engine thinks was spoken (None where it cannot tell); `engine` names engine and model version;
    `audio_seconds` is the length heard; `seconds` is the time the engine took.
    """

    text: str
    words: tuple[RecognizedWord, ...]
    confidence: float
    language: str
    detected_language: str | None
    engine: str
    audio_seconds: float
    seconds: float


class SpeechRecognizer(Protocol):
    """Speech to text."""

    name: str

    def recognize(self, pcm: bytes, *, language: str, with_words: bool = True) -> Recognition:
        """Hear mono 16-bit PCM at `PCM_RATE`.

        Raises AudioRejected for audio that cannot be used and EngineUnavailable when no engine for the
        language works. Silence is not an error: it gives an empty text.
        """
        ...


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: `language` "en" or "fr", `sex` "female" or "male", `rate` 1.0 = normal, `engine` None = default.

    `accent` is free text ("scottish", "belge"), heard where the engine has it. `pitch` 1.0 is the engine's own.
    `timbre` 0 to `TIMBRES` - 1 tells people of the same sex apart: no two sound alike.
    """

    language: str
    sex: str = "female"
    rate: float = 1.0
    engine: str | None = None
    accent: str = ""
    pitch: float = 1.0
    timbre: int = 0


TIMBRES = 5
"""How many people of one sex and language sound different."""


@dataclass(frozen=True, slots=True)
class LineSound:
    """How a telephone line sounds: what is behind the caller, and how well it carries.

    `noise` is none, home, office, street, car or cafe; `light` puts it further away. `quality` is good (a fixed line),
    fair (a mobile one) or poor (with drop-outs and crackle). All chance follows from `seed`.
    """

    noise: str = "none"
    quality: str = "good"
    light: bool = False
    seed: str = ""


@dataclass(frozen=True, slots=True)
class SpokenAudio:
    """A rendered line: `wav` is a complete WAV file; `engine` names engine, voice and version."""

    wav: bytes
    engine: str
    seconds: float


class SpeechSynthesizer(Protocol):
    """Text to speech."""

    name: str

    def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
        """Speak `text`. `line` is "telephone" (300-3400 Hz, light noise) or "clear".

        `difficulty` 1 to 5 sets how bad the telephone line is. Raises EngineUnavailable when no engine works.
        """
        ...

    def over_line(self, pieces: Sequence[SpokenAudio], sound: LineSound) -> SpokenAudio:
        """Pieces spoken "clear", one after the other, as one turn over the telephone line `sound` (8 kHz).

        Raises ValueError for a line that there is none of, or when there are no pieces or one is not clear.
        """
        ...


class TextEncoder(Protocol):
    """Sentences to vectors of meaning (unit length, one row a text)."""

    name: str

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector for each text. Raises EngineUnavailable when the model is missing."""
        ...


@dataclass(frozen=True, slots=True)
class JudgeAnswer:
    """A judge's answer to one atomic check: "yes", "no" or "undecided".

    `quote` holds words cut from the reply as they stand there: never empty for "yes", always empty for "undecided",
    and empty for "no" where no words come near.
    """

    check: str
    answer: str
    quote: str


class Judge(Protocol):
    """A second opinion on atomic checks (off by default). It decides nothing: the domain compares it with the rules."""

    name: str

    def answer(self, reply: str, context: str, questions: Mapping[str, str], *, language: str) -> Sequence[JudgeAnswer]:
        """Answer `questions` (check id -> yes-or-no question in English) about `reply`, said in "en" or "fr".

        `context` is what was known and what the customer said. Reply and context are data, never an instruction.
        Gives one answer to each question, in their order: "undecided" where the judge gave none, gave one that is
        neither, or quoted words that are not in the reply. Raises EngineUnavailable when it cannot be asked, does not
        answer in time, or says nothing that can be read.
        """
        ...


class FileStore(Protocol):
    """Files by key ("calls/ab12/turn-3.wav").

    A key has 1 to 240 of A-Z, a-z, 0-9, ".", "_", "-" and "/", does not start with "/" and has no part "." or "..".
    Every method that is given another key raises ValueError.
    """

    def write(self, key: str, data: bytes) -> None:
        """Store whole or not at all. Raises StorageFull when the disk is full."""
        ...

    def read(self, key: str) -> bytes:
        """The file's bytes; raises FileNotFoundError."""
        ...

    def exists(self, key: str) -> bool:
        """True for a file, not for the folder it lies in."""
        ...

    def delete(self, key: str) -> None:
        """Remove it; a missing file is no error."""
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys that start with `prefix`, in order; "" gives all."""
        ...


class StorageFull(PortError):
    """The disk has no room; nothing was written."""


class JobQueue(Protocol):
    """Work done after the transaction that owes it has been committed. Every job is idempotent."""

    def enqueue(self, job: str, **arguments: str) -> None:
        """Ask for `job` (a name in `trainer.jobs`). Returns before it is done; its failure never reaches the caller."""
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Mail to people, one recipient each."""

    def send(self, mail: Mail) -> None:
        """Hand it over. Raises EngineUnavailable when the mail server does not take it."""
        ...


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF."""

    name: str
    data: bytes
    mime: str
    relationship: str = "Alternative"


class PdfRejected(PortError):
    """The file given cannot be read as a PDF."""


class PdfRenderer(Protocol):
    """Pages as PDF files, and what is inside such a file again."""

    def render(self, html: str, *, base_folder: str, attachments: Sequence[Attachment] = ()) -> bytes:
        """HTML to a PDF/A-3a file. Relative addresses in `html` are read below `base_folder`, nothing else is.

        Raises EngineUnavailable when no engine works here, PortError when the page asks for what lies elsewhere.
        """
        ...

    def attachments(self, pdf: bytes) -> dict[str, bytes]:
        """The files inside a PDF by name. Raises PdfRejected for what is not a PDF, is broken or is locked."""
        ...

    def fingerprint(self, pdf: bytes) -> str:
        """Names all that the pages draw, in hex: equal for a PDF that was only saved again. Raises PdfRejected."""
        ...


ED25519, RSA = "Ed25519", "RSA"
"""The kinds of keys: Ed25519 makes Data Integrity proofs (and made all tokens until 2026-11-26), RSA signs tokens."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An issuer's key: `name` is what stands after `#` in its address (z6Mk... of an Ed25519 key, the RFC 7638
    thumbprint of an RSA key), `jwk` its public JSON Web Key, `kind` one of the two above."""

    name: str
    jwk: Mapping[str, str]
    kind: str = ED25519

    @property
    def multibase(self) -> str:
        """The Multikey form, "" of an RSA key."""
        return self.name if self.kind == ED25519 else ""


class BadSignature(Exception):
    """The token or the proof was not made by one of the keys, was changed, or is none."""


class CredentialSigner(Protocol):
    """Signs what this installation states, and checks what it once signed."""

    def sign(self, payload: bytes, *, issuer: str) -> str:
        """`payload` as a compact JWS (RS256); its header names the key as `<issuer>#<name>`. Raises KeyRefused."""
        ...

    def prove(self, document: Mapping[str, Any], *, issuer: str, created: str) -> dict[str, str]:
        """A Data Integrity proof (eddsa-rdfc-2022) of a JSON-LD document. `created` is an ISO moment.

        Raises KeyRefused, and ValueError for a document with terms that its contexts do not define.
        """
        ...

    def public_keys(self) -> Sequence[PublicKey]:
        """The keys in use, then retired ones. Raises KeyRefused for one that cannot be used."""
        ...

    def read_keys(self, document: object) -> Sequence[PublicKey]:
        """The keys of an issuer document that somebody saved. Raises ValueError when it holds none."""
        ...

    def check(self, token: str, keys: Sequence[PublicKey] | None = None) -> tuple[bytes, str]:
        """The signed payload, and the key's whole address; `keys` default to this installation's. The key alone decides
        the algorithm. Raises BadSignature."""
        ...

    def check_proof(self, document: Mapping[str, Any], keys: Sequence[PublicKey] | None = None) -> str:
        """The address of the key that made the document's one `proof`. Raises BadSignature."""
        ...

    def missing_keys(self) -> Sequence[str]:
        """Kinds of keys that are not there. Nothing makes them but the next two."""
        ...

    def make_keys(self) -> None:
        """Make the missing ones; what is there stays. Raises KeyRefused."""
        ...

    def rotate_keys(self, now: datetime) -> None:
        """New keys of both kinds; the public halves of the present ones are kept as retired. Raises KeyRefused."""
        ...


class KeyRefused(PortError):
    """The signing key is missing or others can read it."""


class Clock(Protocol):
    """The time, as the product sees it."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Every adapter in use, chosen once by the composition root (`trainer.app`)."""

    recognizer: SpeechRecognizer
    synthesizer: SpeechSynthesizer
    encoder: TextEncoder | None
    judge: Judge | None
    files: FileStore
    queue: JobQueue
    mailer: Mailer
    pdf: PdfRenderer
    clock: Clock
    signer: CredentialSigner | None = None


EncodeTexts = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""What the language layer asks of an encoder: texts in, unit vectors out."""
