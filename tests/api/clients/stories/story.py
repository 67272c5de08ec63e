"""The story, told by the Python client that openapi-python-client makes. Usage: story.py URL"""

import json
import sys

from qawl_client import Client
from qawl_client.api.articles import get_article, list_article_statements
from qawl_client.api.search import search_statements
from qawl_client.api.statements import list_statements
from qawl_client.models import Article, Problem, StatementHits, StatementPage
from qawl_client.types import UNSET, Unset


def tell(client: Client) -> dict[str, object]:
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

    nobody = get_article.sync("nobody", client=client)
    refused = list_statements.sync(client=client, limit=1000)
    assert isinstance(nobody, Problem) and isinstance(refused, Problem)
    assert not isinstance(refused.errors, Unset) and refused.errors
    return {
        "found": hits.total.value,
        "paged": paged,
        "sliced": sliced,
        "not_found": nobody.type_,
        "refused": [refused.type_, refused.errors[0].parameter],
    }


if __name__ == "__main__":
    with Client(base_url=sys.argv[1]) as client:
        print(json.dumps(tell(client)))
