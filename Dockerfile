# One image for migrate, web, worker and clock; what it does is its command (docker-compose.yml).
ARG BASE=python:3.11-slim

# hadolint ignore=DL3006
FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements/base.txt requirements/node.txt requirements/
RUN python3 -m venv /venv && /venv/bin/pip install --require-hashes --no-deps -r requirements/base.txt
# Node and what it brings are needed for the collected files only and stay behind.
COPY package.json package-lock.json .npmrc ./
RUN python3 -m venv /node && /node/bin/pip install -q --require-hashes -r requirements/node.txt \
    && PATH="/node/bin:$PATH" NODE_OPTIONS=--use-system-ca npm ci --omit=dev
COPY . .
# The keys that a local start makes for itself go with /tmp/making.
RUN DATA_DIR=/tmp/making STATIC_DIR=/app/collected /venv/bin/python manage.py collectstatic --noinput \
    && rm -rf /tmp/making node_modules requirements package.json package-lock.json .npmrc \
    && /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /app

# hadolint ignore=DL3006
FROM ${BASE}
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    POVERTYAUDIT_ENV=production DATA_DIR=/data STATIC_DIR=/app/collected BIND=0.0.0.0 PORT=8000
RUN useradd --no-log-init --uid 10001 --home-dir /data --create-home ledger && chmod 700 /data
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--only", "web"]
