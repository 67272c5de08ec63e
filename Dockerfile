# The API, the index worker and the commands of Qawl, for servers that run Postgres and Meilisearch elsewhere.
# docker-compose.yml beside this file puts them together.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock .
# Everything has a wheel: nothing is compiled, and nothing is taken whose hash is not in the lock.
RUN /opt/venv/bin/pip install --only-binary :all: --require-hashes -r requirements.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin qawl
COPY --from=build /opt/venv /opt/venv
COPY app /opt/qawl/app
# The path is given by name: reading processes start without the current folder on theirs.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/qawl \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    QAWL_HOST=0.0.0.0 \
    QAWL_LOG_FORMAT=json
WORKDIR /opt/qawl
USER qawl
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve"]
