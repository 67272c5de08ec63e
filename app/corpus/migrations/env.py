"""How Alembic works here: on the connection that `app.corpus.migrations` hands it, in that connection's transaction."""

from alembic import context

from app.corpus.tables.articles import Article

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Article.metadata,
    compare_server_default=True,
)
context.run_migrations()
