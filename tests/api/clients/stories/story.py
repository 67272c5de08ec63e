"""The story, told by the Python client that openapi-python-client makes. Usage: story.py URL KEY"""

import json
import sys
from io import BytesIO

from qawl_client import AuthenticatedClient, Client
from qawl_client.api.articles import get_article, list_article_statements
from qawl_client.api.exports import export_statements
from qawl_client.api.imports import create_import, get_import
from qawl_client.api.search import search_statements
from qawl_client.api.statements import list_statements
from qawl_client.models import Article, Import, Problem, StatementHits, StatementPage
from qawl_client.types import UNSET, File, Unset

PAGE = '{"url": "http://nashra.example/python", "text": "خبر مختلق"}\n'


def tell(client: Client, keyed: AuthenticatedClient) -> dict[str, object]:
    hits = search_statements.sync(client=client, q="قسد", facets=["source", "kind"])
    assert isinstance(hits, StatementHits), hits
    facets = hits.facets
    assert not isinstance(facets, Unset)

    paged: list[str] = []
    cursor: str | Unset = UNSET
    while True:
        page = list_statements.sync(client=client, source=["anapress.net"], limit=7, cursor=cursor)
        assert isinstance(page, StatementPage), page
        paged += [one.id for one in page.items]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor

    article_id = hits.items[0].statement.article.id
    article = get_article.sync(article_id, client=client)
    said = list_article_statements.sync(article_id, client=client, limit=100)
    assert isinstance(article, Article) and article.text and isinstance(said, StatementPage)
    # Python strings count code points, as the API does.
    sliced = [article.text[one.content.start : one.content.end] == one.content.text for one in said.items]

    exported = export_statements.sync(client=client, source=["anapress.net"])
    assert isinstance(exported, File)
    sent = create_import.sync(client=keyed, body=File(BytesIO(PAGE.encode())), label="حكاية", idempotency_key="python")
    assert isinstance(sent, Import), sent
    job = get_import.sync(sent.id, client=keyed)
    assert isinstance(job, Import)

    nobody = get_article.sync("nobody", client=client)
    refused = list_statements.sync(client=client, limit=1000)
    assert isinstance(nobody, Problem) and isinstance(refused, Problem)
    assert not isinstance(refused.errors, Unset) and refused.errors
    return {
        "found": hits.total.value,
        "paged": paged,
        "sliced": sliced,
        "exported": exported.payload.read().count(b"\n"),
        "imported": job.label,
        "not_found": nobody.type_,
        "refused": [refused.type_, refused.errors[0].parameter],
    }


if __name__ == "__main__":
    url, key = sys.argv[1:]
    with Client(base_url=url) as client, AuthenticatedClient(base_url=url, token=key) as keyed:
        print(json.dumps(tell(client, keyed)))
