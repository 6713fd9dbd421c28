FROM python:3.12
COPY service /srv/service
# expect: cache/manifest-first: copy the requirements file first
RUN pip install --upgrade pip && pip install -r /srv/service/requirements.txt
