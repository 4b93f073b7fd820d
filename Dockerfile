# One image for web, worker and clock; what it does is its command (docker-compose.yml).
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python3 -m venv /venv
COPY requirements/base.txt requirements/node.txt requirements/
RUN /venv/bin/pip install --require-hashes --no-deps -r requirements/base.txt
# Node is needed for this step only and stays behind.
COPY package.json package-lock.json .npmrc ./
RUN python3 -m venv /node && /node/bin/pip install -q --require-hashes -r requirements/node.txt \
    && PATH="/node/bin:$PATH" npm ci --omit=dev

FROM ${BASE}
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    POVERTYAUDIT_ENV=production DATA_DIR=/data BIND=0.0.0.0 PORT=8000
RUN useradd --system --uid 10001 --home-dir /data --create-home ledger
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/node_modules node_modules
COPY manage.py LICENSE ./
COPY povertyaudit povertyaudit
COPY cases cases
COPY inspections inspections
COPY funds funds
COPY rectification rectification
COPY templates templates
COPY static static
USER 10001
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--only", "web"]
