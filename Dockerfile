# syntax=docker/dockerfile:1

# -- Packages, with checked hashes, in an environment that the second stage takes as it is ------------
FROM python:3.13-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --only-binary :all: --require-hashes -r /tmp/requirements.txt \
    && find /opt/venv -name __pycache__ -prune -exec rm -rf {} +

# -- The site ---------------------------------------------------------------------------------------
FROM python:3.13-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/srv/static \
    HOST=0.0.0.0 \
    PORT=8000

RUN groupadd --gid 10001 counterpoint \
    && useradd --uid 10001 --gid counterpoint --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin counterpoint \
    && install -d -o counterpoint -g counterpoint /data /srv/static

COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY --chown=root:root . .

# The files are collected once, here: the running container cannot write its own code or assets.
RUN SECRET_KEY=only-while-building DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build

USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["python", "-m", "gunicorn", "-c", "config/gunicorn.py"]
