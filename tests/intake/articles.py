"""An invented article in every form in which pages come in."""

import io
import json
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from app.corpus.fields import Page
from app.intake.inputs import How, files_in, pages_in
from app.intake.raw_page import RawPage
from app.intake.reading import read_fields

TITLE = "لجنة الحي ترمم ساعة الميدان"
FIRST = "رممت لجنة الحي، أمس السبت، ساعة الميدان بعد أن توقفت عن الدوران منذ الشتاء الماضي."
SECOND = 'وقال الساعاتي المختلق زياد البرقوقي إن "الساعة تدق من جديد"، وأضاف أنه سيزورها كل شهر.'
TEXT = f"{FIRST}\n\n{SECOND}"
HTML = (
    f'<html><head><meta charset="utf-8"><title>{TITLE}</title></head>'
    f"<body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
)
URL = "https://nashra.example/clock"


def article(number: int = 1, **more: object) -> dict[str, object]:
    """One record of a feed, with the fields under their plainest names."""
    return {"url": f"{URL}/{number}", "title": TITLE, "text": TEXT, **more}


def line(number: int = 1, **more: object) -> bytes:
    return json.dumps(article(number, **more), ensure_ascii=False).encode()


def pages(path: Path, how: How | None = None) -> list[RawPage]:
    how = how or How()
    return list(pages_in(files_in([path], how), how))


def read_one(path: Path, how: How | None = None) -> Page:
    """The only page in a file, read."""
    (page,) = pages(path, how)
    return read_fields(page)


def web_archive(*answers: tuple[str, str, bytes], compressed: bool = True) -> bytes:
    """A WARC file of answers (status, content type, body), a request before each, to invented addresses."""
    whole = io.BytesIO()
    writer = WARCWriter(whole, gzip=compressed, warc_version="1.1")
    whole.write(b"")
    for number, (status, kind, body) in enumerate(answers, 1):
        address = f"{URL}/{number}"
        date = {"WARC-Date": "2024-02-03T04:05:06Z"}
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "nashra.example")], is_http_request=True)
        head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        for form, headers, payload in (("request", asked, b""), ("response", head, body)):
            record = writer.create_warc_record(
                address, form, payload=io.BytesIO(payload), http_headers=headers, warc_headers_dict=dict(date)
            )
            writer.write_record(record)
    return whole.getvalue()
