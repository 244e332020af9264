# The pages, the packages, and a small image with both. It could not be built where it was written; hadolint is clean.
FROM node:24-bookworm-slim AS pages
WORKDIR /build/pwa
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY schemas/ /build/schemas/
COPY pwa/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/app/.venv/bin:$PATH
RUN useradd --system --uid 10001 --no-create-home xungai && install -d -o xungai -m 700 /data
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY --from=pages /build/pwa/dist pwa/dist
COPY schemas/ schemas/
COPY storage/ storage/
COPY server/ server/
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["python", "-m", "server", "run"]
