FROM python:3.12
ADD app/ .
# expect: cache/manifest-first: copy the requirements file first
RUN pip install -r requirements.txt
