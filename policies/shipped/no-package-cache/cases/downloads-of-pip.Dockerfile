FROM python:3.12-slim
# expect: shipped/no-package-cache: write 'pip install --no-cache-dir'
RUN pip install flask
# expect: shipped/no-package-cache: pip install leaves
RUN python -m pip install flask
RUN pip install --no-cache-dir flask
RUN --mount=type=cache,target=/root/.cache/pip pip install flask
RUN python setup.py install
ENV PIP_NO_CACHE_DIR=1
RUN pip install flask
