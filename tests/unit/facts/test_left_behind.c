/* What stages leave behind: each case is a Dockerfile and the items it should give. */
#include "unit/facts/dockerfile.h"

/* {stage ": " ["perhaps "] found [" in " path]}, joined by "; " */
static const char *show(const char *dockerfile)
{
    sp_facts *facts = read_facts(dockerfile);
    const sp_graph *graph = sp_facts_graph(facts);
    sp_str text = {"", 0};
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        uint32_t count = 0;
        const sp_left_behind *items = sp_facts_left_behind(facts, i, &count);
        for (uint32_t j = 0; j < count; j++) {
            const sp_item *item = &items[j].answer.items.items[0];
            text = sp_arena_print(&arena, "%.*s%s%.*s: %s%.*s%s%.*s", SP_STR_ARG(text), text.size > 0 ? "; " : "",
                                  SP_STR_ARG(sp_stage_label(graph, i)), item->unknown ? "perhaps " : "",
                                  SP_STR_ARG(item->found), items[j].path.size > 0 ? " in " : "",
                                  SP_STR_ARG(items[j].path));
        }
    }
    return sp_arena_copy(&arena, text).text;
}

typedef struct left_case {
    const char *situation, *dockerfile, *expected;
} left_case;

static void expect_all(const left_case *cases, size_t count)
{
    int failed = 0;
    for (size_t i = 0; i < count; i++) {
        const char *seen = show(cases[i].dockerfile);
        if (strcmp(seen, cases[i].expected) == 0)
            continue;
        failed++;
        print_error("%s\n  expected \"%s\"\n  seen     \"%s\"\n", cases[i].situation, cases[i].expected, seen);
    }
    assert_int_equal(failed, 0);
}

#define EXPECT_ALL(cases) expect_all(cases, sizeof(cases) / sizeof *(cases))

#define PYTHON_BUILD "FROM python:3.9 AS build\nWORKDIR /app\nCOPY . .\n"
#define PYTHON_FINAL "FROM python:3.9-slim\nWORKDIR /app\nCOPY --from=build /app /app\n"
#define PYTHON_CMD "CMD [\"python\", \"app.py\"]\n"
#define REQUIREMENTS "RUN pip install -r requirements.txt\n"
#define LEFT "build: packages of requirements.txt"
#define PERHAPS "build: perhaps packages of requirements.txt"

static void finds_python_packages_that_stay(void **state)
{
    (void)state;
    static const left_case cases[] = {
        {"only the application is copied", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL PYTHON_CMD, LEFT},
        {"through a stage built from it",
         PYTHON_BUILD REQUIREMENTS "FROM build AS intermediate\nRUN pip freeze > lock\n"
                                   "FROM python:3.9-slim\nCOPY --from=intermediate /app /app\n" PYTHON_CMD,
         LEFT},
        {"a server that is a package itself", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "CMD gunicorn app:app\n", LEFT},
        {"the shell form, behind another command",
         PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "CMD cd /app && exec python3 app.py\n", LEFT},
        {"an init in front", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "ENTRYPOINT [\"tini\", \"--\"]\n" PYTHON_CMD, LEFT},
        {"no CMD: the image starts python", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL, LEFT},
        {"a prefix that nobody copies",
         PYTHON_BUILD "RUN pip install --prefix=/install -r requirements.txt\n" PYTHON_FINAL PYTHON_CMD,
         LEFT " in /install"},
        {"a virtual environment that nobody copies",
         PYTHON_BUILD "RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt\n" PYTHON_FINAL PYTHON_CMD,
         LEFT " in /venv"},
        {"the final stage installs tools only",
         PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "RUN pip install --upgrade pip gunicorn\n" PYTHON_CMD, LEFT},
        {"a library beside the packages is copied",
         PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "COPY --from=build /usr/lib/libpq.so.5 /usr/lib/\n" PYTHON_CMD, LEFT},
        {"python -m pip",
         PYTHON_BUILD "RUN python3 -m pip install --no-cache-dir -r requirements.txt\n" PYTHON_FINAL PYTHON_CMD, LEFT},
        {"the project itself", PYTHON_BUILD "RUN pip install .\n" PYTHON_FINAL PYTHON_CMD,
         "build: packages of the project"},
        {"distroless starts CMD with python",
         PYTHON_BUILD REQUIREMENTS "FROM gcr.io/distroless/python3-debian12\nCOPY --from=build /app /app\n"
                                   "CMD [\"/app/app.py\"]\n",
         LEFT},
        {"a virtual environment that nothing activates",
         PYTHON_BUILD "RUN python -m venv /opt/x\n" REQUIREMENTS PYTHON_FINAL
                      "COPY --from=build /opt/x /opt/x\n" PYTHON_CMD,
         LEFT},
        {"an active virtual environment, and nobody takes it",
         PYTHON_BUILD "RUN python -m venv /opt/x\nENV PATH=/opt/x/bin:$PATH\n" REQUIREMENTS PYTHON_FINAL PYTHON_CMD,
         LEFT " in /opt/x"},
        {"another user's base than pip's",
         PYTHON_BUILD "ENV PYTHONUSERBASE=/x\n" REQUIREMENTS PYTHON_FINAL "COPY --from=build /x /x\n" PYTHON_CMD, LEFT},
        {"uv sync, and only the sources are copied",
         PYTHON_BUILD "RUN uv sync --python 3.12\nFROM python:3.12\nCOPY --from=build /app/src /app/src\n" PYTHON_CMD,
         "build: packages of pyproject.toml in /app/.venv"},
        {"poetry without environments",
         PYTHON_BUILD "RUN poetry config virtualenvs.create false && poetry install\n" PYTHON_FINAL PYTHON_CMD,
         "build: packages of pyproject.toml"},
        {"pipenv --system", PYTHON_BUILD "RUN pipenv install --system --deploy\n" PYTHON_FINAL PYTHON_CMD,
         "build: packages of Pipfile"},
        {"an image of uv",
         PYTHON_BUILD REQUIREMENTS
         "FROM ghcr.io/astral-sh/uv:python3.12-alpine\nCOPY --from=build /app /app\n" PYTHON_CMD,
         LEFT},
        {"a manifest for tests is no item, the other one is",
         PYTHON_BUILD "RUN pip install -r requirements.txt -r requirements-dev.txt\n" PYTHON_FINAL PYTHON_CMD, LEFT},
    };
    EXPECT_ALL(cases);
}

static void stays_silent_when_python_packages_arrive(void **state)
{
    (void)state;
    static const left_case cases[] = {
        {"/usr/local is copied",
         PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "COPY --from=build /usr/local /usr/local\n" PYTHON_CMD, ""},
        {"everything is copied", PYTHON_BUILD REQUIREMENTS "FROM scratch\nCOPY --from=build / /\n" PYTHON_CMD, ""},
        {"site-packages is copied",
         PYTHON_BUILD REQUIREMENTS PYTHON_FINAL
         "COPY --from=build /usr/local/lib/python3.9/site-packages /usr/local/lib/python3.9/site-packages\n" PYTHON_CMD,
         ""},
        {"a glob of site-packages",
         PYTHON_BUILD REQUIREMENTS PYTHON_FINAL
         "COPY --from=build /usr/local/lib/python3*/site-packages /usr/lib/python3/dist-packages\n" PYTHON_CMD,
         ""},
        {"the virtual environment is copied",
         PYTHON_BUILD "RUN python -m venv /opt/x\nENV PATH=/opt/x/bin:$PATH\n" REQUIREMENTS PYTHON_FINAL
                      "COPY --from=build /opt/x /opt/x\n" PYTHON_CMD,
         ""},
        {"an environment made in the stage below",
         "FROM python:3.9 AS base\nRUN python -m venv /opt/x\nFROM base AS build\nRUN . /opt/x/bin/activate && pip "
         "install -r requirements.txt\n" PYTHON_FINAL "COPY --from=build /opt/x /opt/x\n" PYTHON_CMD,
         ""},
        {"VIRTUAL_ENV says where",
         PYTHON_BUILD
         "ENV VIRTUAL_ENV=/opt/x\nRUN uv venv $VIRTUAL_ENV\nRUN uv pip install -r requirements.txt\n" PYTHON_FINAL
         "COPY --from=build $VIRTUAL_ENV/ /opt/x\nCOPY --from=build /opt/x /opt/x\n" PYTHON_CMD,
         ""},
        {"the prefix is copied",
         PYTHON_BUILD "RUN pip install --prefix /install -r requirements.txt\n" PYTHON_FINAL
                      "COPY --from=build /install /usr/local\n" PYTHON_CMD,
         ""},
        {"the target lies in a folder that is copied",
         PYTHON_BUILD "RUN pip install -t deps -r requirements.txt\n" PYTHON_FINAL PYTHON_CMD, ""},
        {"the user's folder is copied",
         PYTHON_BUILD "RUN pip install --user -r requirements.txt\n" PYTHON_FINAL
                      "COPY --from=build /root/.local /root/.local\n" PYTHON_CMD,
         ""},
        {"another user's home is copied",
         PYTHON_BUILD "USER app\nRUN pip install --user -r requirements.txt\n" PYTHON_FINAL
                      "COPY --from=build /home/app /home/app\n" PYTHON_CMD,
         ""},
        {"the final stage installs the manifest", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL REQUIREMENTS PYTHON_CMD, ""},
        {"the stage below the final one installs it",
         PYTHON_BUILD REQUIREMENTS "FROM python:3.9-slim AS base\nCOPY requirements.txt .\n" REQUIREMENTS
                                   "FROM base\nCOPY --from=build /app /app\n" PYTHON_CMD,
         ""},
        {"wheels are built, copied and installed",
         PYTHON_BUILD "RUN pip wheel -w /wheels -r requirements.txt\n" PYTHON_FINAL
                      "COPY --from=build /wheels /wheels\nRUN pip install /wheels/*\n" PYTHON_CMD,
         ""},
        {"wheels are built and mounted",
         PYTHON_BUILD "RUN pip wheel -w /wheels -r requirements.txt\n" PYTHON_FINAL
                      "RUN --mount=from=build,source=/wheels,target=/w pip install /w/*\n" PYTHON_CMD,
         ""},
        {"a mounted environment is copied by the RUN",
         PYTHON_BUILD "RUN python -m venv /x && /x/bin/pip install -r requirements.txt\n" PYTHON_FINAL
                      "RUN --mount=from=build,target=/b cp -r /b/x /x\n" PYTHON_CMD,
         ""},
        {"copied out of place before",
         PYTHON_BUILD REQUIREMENTS "RUN cp -r /usr/local/lib/python3.9/site-packages /deps\n" PYTHON_FINAL
                                   "COPY --from=build /deps /deps\n" PYTHON_CMD,
         ""},
        {"another stage hands them on",
         PYTHON_BUILD REQUIREMENTS "FROM alpine AS mid\nCOPY --from=build /usr/local /out/local\n"
                                   "FROM python:3.9-slim\nCOPY --from=build /app /app\n"
                                   "COPY --from=mid /out /usr\n" PYTHON_CMD,
         ""},
        {"poetry in the project",
         PYTHON_BUILD "ENV POETRY_VIRTUALENVS_IN_PROJECT=1\nRUN poetry install --no-dev\n" PYTHON_FINAL PYTHON_CMD, ""},
        {"uv in the project", PYTHON_BUILD "RUN uv sync --frozen\n" PYTHON_FINAL PYTHON_CMD, ""},
        {"uv beside a virtual environment that is active",
         PYTHON_BUILD "RUN python -m venv /x\nENV PATH=/x/bin:$PATH\nRUN uv sync\n" PYTHON_FINAL PYTHON_CMD, ""},
        {"poetry, told by its configuration",
         PYTHON_BUILD "RUN poetry config virtualenvs.in-project true\nRUN poetry install\n" PYTHON_FINAL PYTHON_CMD,
         ""},
        {"poetry in an environment of its own",
         PYTHON_BUILD "ENV H=/opt/p POETRY_VIRTUALENVS_IN_PROJECT=true\nRUN python -m venv $H && $H/bin/pip install "
                      "poetry && $H/bin/poetry install\n" PYTHON_FINAL PYTHON_CMD,
         ""},
        {"pdm's own folder",
         PYTHON_BUILD
         "RUN pdm sync --prod\nFROM python:3.9\nCOPY --from=build /app/__pypackages__/3.9/lib /lib\n" PYTHON_CMD,
         ""},
        {"PATH is set for one RUN",
         PYTHON_BUILD "RUN python -m venv /x\nRUN export PATH=/x/bin:$PATH && pip install -r "
                      "requirements.txt\n" PYTHON_FINAL "COPY --from=build /x /x\n" PYTHON_CMD,
         ""},
        {"a login shell may activate",
         PYTHON_BUILD "RUN python -m venv /x\nSHELL [\"/bin/bash\", \"-lc\"]\n" REQUIREMENTS PYTHON_FINAL
                      "COPY --from=build /x /x\n" PYTHON_CMD,
         ""},
        {"a folder that only the build knows, under one name",
         "FROM public.ecr.aws/lambda/python:3.9 AS build\nRUN pip install -r requirements.txt -t "
         "\"${LAMBDA_TASK_ROOT}\"\nFROM public.ecr.aws/lambda/python:3.9\nCOPY --from=build $LAMBDA_TASK_ROOT/ "
         "${LAMBDA_TASK_ROOT}\nCMD [\"app.handler\"]\n",
         ""},
        {"both branches install, and the folder is copied",
         PYTHON_BUILD "RUN if [ -f lock ]; then pip install -t deps -r requirements.txt; else pip install -t deps -r "
                      "other.txt; fi\n" PYTHON_FINAL PYTHON_CMD,
         ""},
    };
    EXPECT_ALL(cases);
}

static void stays_silent_when_python_packages_serve_the_build(void **state)
{
    (void)state;
    static const left_case cases[] = {
        {"a web server ships",
         PYTHON_BUILD REQUIREMENTS "RUN mkdocs build\nFROM nginx:1.27\nCOPY --from=build /app/site /www\n", ""},
        {"a frozen program ships",
         PYTHON_BUILD REQUIREMENTS "RUN pyinstaller app.py\nFROM scratch\nCOPY --from=build /app/dist/app /app\nCMD "
                                   "[\"/app\"]\n",
         ""},
        {"a frozen program on an image with python",
         PYTHON_BUILD REQUIREMENTS "RUN poetry run pyinstaller app.py\n" PYTHON_FINAL "CMD [\"./dist/app\"]\n", ""},
        {"a program called uv on scratch",
         "FROM ubuntu:24.04 AS build\nRUN uv sync\nFROM scratch\nCOPY --from=build /uv /\nENTRYPOINT [\"/uv\"]\n", ""},
        {"tools without a manifest", PYTHON_BUILD "RUN pip install pytest black\n" PYTHON_FINAL PYTHON_CMD, ""},
        {"a manifest of tools", PYTHON_BUILD "RUN pip install -r requirements-dev.txt\n" PYTHON_FINAL PYTHON_CMD, ""},
        {"a stage that is only mounted",
         PYTHON_BUILD REQUIREMENTS
         "FROM python:3.9-slim\nCOPY . .\nRUN --mount=from=build,target=/b ls /b\n" PYTHON_CMD,
         ""},
        {"a stage that nobody needs", PYTHON_BUILD REQUIREMENTS "FROM python:3.9-slim\n" PYTHON_CMD, ""},
        {"the stage ships itself", PYTHON_BUILD REQUIREMENTS PYTHON_CMD, ""},
        {"a stage built from it ships", PYTHON_BUILD REQUIREMENTS "FROM build\n" PYTHON_CMD, ""},
        {"the standard library's server", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "CMD python -m http.server 80\n", ""},
        {"node ships",
         PYTHON_BUILD REQUIREMENTS "FROM node:22\nCOPY --from=build /app /app\nCMD [\"node\", \"x.js\"]\n", ""},
    };
    EXPECT_ALL(cases);
}

static void cannot_tell_about_python(void **state)
{
    (void)state;
    static const left_case cases[] = {
        {"an unknown source",
         "ARG P\n" PYTHON_BUILD REQUIREMENTS "FROM python:3.9-slim\nARG P\nCOPY --from=build $P /app\n" PYTHON_CMD,
         PERHAPS},
        {"an unknown base",
         PYTHON_BUILD REQUIREMENTS "FROM example.org/base:1\nCOPY --from=build /app /app\n" PYTHON_CMD, PERHAPS},
        {"a base that an argument names",
         "ARG BASE\n" PYTHON_BUILD REQUIREMENTS "FROM $BASE\nCOPY --from=build /app /app\n" PYTHON_CMD, PERHAPS},
        {"a builder that nobody knows", "FROM example.org/builder AS build\n" REQUIREMENTS PYTHON_FINAL PYTHON_CMD,
         PERHAPS},
        {"an unknown prefix",
         PYTHON_BUILD "ARG P\nRUN pip install --prefix=$P -r requirements.txt\n" PYTHON_FINAL PYTHON_CMD, PERHAPS},
        {"a script starts", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "CMD [\"./start.sh\"]\n", PERHAPS},
        {"a script may install", PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "RUN ./install-deps.sh\n" PYTHON_CMD, PERHAPS},
        {"the distribution's packages",
         PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "RUN apt-get install -y python3-flask\n" PYTHON_CMD, PERHAPS},
        {"an install that may not run",
         PYTHON_BUILD "RUN if [ -f r ]; then pip install -r requirements.txt; fi\n" PYTHON_FINAL PYTHON_CMD, PERHAPS},
        {"wheels that nothing is seen to install",
         PYTHON_BUILD "RUN pip wheel -w /wheels -r requirements.txt\n" REQUIREMENTS PYTHON_FINAL
                      "COPY --from=build /wheels /wheels\n" PYTHON_CMD,
         PERHAPS},
        {"pip in a folder that an argument names",
         PYTHON_BUILD "ARG V\nRUN $V/bin/pip install -r requirements.txt\n" PYTHON_FINAL PYTHON_CMD, PERHAPS},
        {"poetry, told by a file perhaps", PYTHON_BUILD "RUN poetry install\n" PYTHON_FINAL PYTHON_CMD,
         "build: perhaps packages of pyproject.toml"},
        {"an archive", PYTHON_BUILD REQUIREMENTS "RUN tar -czf /app/all.tgz /usr\n" PYTHON_FINAL PYTHON_CMD, PERHAPS},
    };
    EXPECT_ALL(cases);
}

#define NODE_BUILD "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\n"
#define NODE_FINAL "FROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\n"
#define NODE_CMD "CMD [\"node\", \"dist/main.js\"]\n"
#define NODE_LEFT "build: packages of package.json in /app/node_modules"
#define NODE_PERHAPS "build: perhaps packages of package.json in /app/node_modules"

static void judges_node(void **state)
{
    (void)state;
    static const left_case cases[] = {
        {"only the output is copied", NODE_BUILD "RUN npm ci && npx tsc\n" NODE_FINAL NODE_CMD, NODE_LEFT},
        {"yarn", NODE_BUILD "RUN yarn --frozen-lockfile\n" NODE_FINAL NODE_CMD, NODE_LEFT},
        {"in a folder of its own", "FROM node:22 AS build\nRUN cd /srv && npm install\n" NODE_FINAL NODE_CMD,
         "build: packages of package.json in /srv/node_modules"},
        {"--prefix", NODE_BUILD "RUN npm --prefix api ci\n" NODE_FINAL NODE_CMD,
         "build: packages of package.json in /app/api/node_modules"},
        {"the folder is copied without its packages",
         NODE_BUILD "RUN npm ci\nFROM node:22\nCOPY --from=build --exclude=**/node_modules /app /app\n" NODE_CMD,
         NODE_LEFT},
        {"the folder is copied without its tests",
         NODE_BUILD "RUN npm ci\nFROM node:22\nCOPY --from=build --exclude=test /app /app\n" NODE_CMD, ""},
        {"npm start", NODE_BUILD "RUN npm ci\n" NODE_FINAL "CMD [\"npm\", \"start\"]\n", NODE_LEFT},
        {"a build script may bundle", NODE_BUILD "RUN npm ci && npm run build\n" NODE_FINAL NODE_CMD, NODE_PERHAPS},
        {"a bundler", NODE_BUILD "RUN npm ci && npx webpack\n" NODE_FINAL NODE_CMD, NODE_PERHAPS},
        {"a bundler that leaves packages out",
         NODE_BUILD "RUN npm ci && npx esbuild x --bundle --packages=external\n" NODE_FINAL NODE_CMD, NODE_PERHAPS},
        {"a bundler that takes all in", NODE_BUILD "RUN npm ci && npx esbuild x --bundle\n" NODE_FINAL NODE_CMD, ""},
        {"ncc takes all in", NODE_BUILD "RUN npm ci && npx @vercel/ncc build x.ts\n" NODE_FINAL NODE_CMD, ""},
        {"an application is installed as a whole",
         NODE_BUILD "RUN npm ci && npm pack\n" NODE_FINAL "RUN npm install -g ./x.tgz\nCMD [\"x\"]\n", ""},
        {"a starter is installed", NODE_BUILD "RUN npm ci\n" NODE_FINAL "RUN npm i -g pm2\nCMD pm2 start x\n",
         NODE_LEFT},
        {"bun",
         "FROM oven/bun:1 AS build\nWORKDIR /app\nRUN bun install\nFROM oven/bun:1\nCOPY --from=build /app/src "
         "/app\nCMD [\"bun\", \"x.ts\"]\n",
         NODE_LEFT},
        {"the folder is copied whole",
         NODE_BUILD "RUN npm ci\nFROM node:22-slim\nCOPY --from=build /app /app\n" NODE_CMD, ""},
        {"a glob of the folder", NODE_BUILD "RUN npm ci\nFROM node:22-slim\nCOPY --from=build /app/* /app/\n" NODE_CMD,
         ""},
        {"node_modules is copied",
         NODE_BUILD "RUN npm ci\n" NODE_FINAL "COPY --from=build /app/node_modules ./node_modules\n" NODE_CMD, ""},
        {"a relative source",
         NODE_BUILD "RUN npm ci\n" NODE_FINAL "COPY --from=build app/node_modules ./node_modules\n" NODE_CMD, ""},
        {"a copy of node_modules under another name",
         NODE_BUILD "RUN npm ci --production && cp -R node_modules prod && npm ci\n" NODE_FINAL
                    "COPY --from=build /app/prod ./node_modules\n" NODE_CMD,
         ""},
        {"next's standalone output",
         NODE_BUILD "RUN npm ci && npm run build\nFROM node:22-slim\nCOPY --from=build /app/.next/standalone ./\nCMD "
                    "[\"node\", \"server.js\"]\n",
         ""},
        {"the final stage installs itself", NODE_BUILD "RUN npm ci\n" NODE_FINAL "RUN npm ci --omit=dev\n" NODE_CMD,
         ""},
        {"the final stage perhaps installs itself",
         NODE_BUILD "RUN npm ci\n" NODE_FINAL "RUN npm ci || npm install\n" NODE_CMD, ""},
        {"dependencies in a stage of their own",
         "FROM node:22 AS deps\nWORKDIR /app\nRUN npm ci\nFROM node:22 AS build\nWORKDIR /app\n"
         "COPY --from=deps /app/node_modules ./node_modules\nRUN npx tsc\nFROM node:22-slim\nWORKDIR /app\n"
         "COPY --from=build /app/dist dist\nCOPY --from=deps /app/node_modules node_modules\n" NODE_CMD,
         ""},
        {"the client's packages beside the server's",
         "FROM node:22 AS client\nWORKDIR /c\nRUN npm ci && npm run build\nFROM node:22 AS server\nWORKDIR /s\nRUN npm "
         "ci\n"
         "FROM node:22-slim\nCOPY --from=client /c/dist /public\nCOPY --from=server /s /s\n" NODE_CMD,
         ""},
        {"a web server ships", NODE_BUILD "RUN npm ci && npm run build\nFROM nginx\nCOPY --from=build /app/dist /www\n",
         ""},
        {"serve serves files",
         NODE_BUILD "RUN npm ci\n" NODE_FINAL "RUN npm i -g serve\nCMD [\"serve\", \"-s\", \"dist\"]\n", ""},
        {"python ships", NODE_BUILD "RUN npm ci\nFROM python:3.12\nCOPY --from=build /app/dist /s\nCMD python x.py\n",
         ""},
        {"node_modules is a cache mount",
         NODE_BUILD "RUN --mount=type=cache,target=/app/node_modules npm ci\n" NODE_FINAL NODE_CMD, ""},
        {"pnpm deploy",
         NODE_BUILD "RUN pnpm install && pnpm --filter=x deploy --prod /out\nFROM node:22-slim\nCOPY --from=build /out "
                    "/app\n" NODE_CMD,
         ""},
    };
    EXPECT_ALL(cases);
}

static void asks_every_target(void **state)
{
    (void)state;
    sp_str targets[] = {SP_STR("one"), SP_STR("two")};
    sp_build_input input = {.targets = targets, .target_count = 2};
    const char *text = PYTHON_BUILD REQUIREMENTS "FROM python:3.9-slim AS one\nCOPY --from=build /app /app\n" PYTHON_CMD
                                                 "FROM nginx AS two\nCOPY --from=build /app/www /www\n";
    const sp_document *document = sp_document_parse(&arena, SP_STR("Dockerfile"), sp_str_from(text));
    sp_facts *facts = sp_facts_new(sp_graph_build(document, &input));
    uint32_t count = 0;
    const sp_left_behind *items = sp_facts_left_behind(facts, 0, &count);
    assert_int_equal(count, 1);
    assert_int_equal(sp_answer_truth(&items[0].answer), SP_YES);
}

static void tells_the_way(void **state)
{
    (void)state;
    sp_facts *facts = read_facts(PYTHON_BUILD REQUIREMENTS PYTHON_FINAL PYTHON_CMD);
    uint32_t count = 0;
    const sp_left_behind *items = sp_facts_left_behind(facts, 0, &count);
    assert_int_equal(count, 1);
    static const char *const expected[] = {
        "stage 'build' installs the packages of requirements.txt into its own Python installation",
        "what ships runs python", "what ships takes /app from stage 'build'; they are not in there"};
    const sp_item *item = &items[0].answer.items.items[0];
    assert_int_equal(item->steps.count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_string_equal(sp_arena_copy(&arena, item->steps.items[i].message).text, expected[i]);
        assert_true(item->steps.items[i].placed);
    }
    assert_true(sp_str_equal(items[0].kind, SP_STR("package")));
    assert_true(items[0].answer.placed);
}

/* The step at an index, counted from the end when it is negative. */
static const char *step_of(const char *dockerfile, int index)
{
    uint32_t count = 0;
    const sp_left_behind *items = sp_facts_left_behind(read_facts(dockerfile), 0, &count);
    assert_int_equal(count, 1);
    const sp_item *item = &items[0].answer.items.items[0];
    uint32_t at = (uint32_t)(index < 0 ? (int)item->steps.count + index : index);
    return sp_arena_copy(&arena, item->steps.items[at].message).text;
}

static void says_where_packages_are(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"pip install --user", "the home folder of its user"},
        {"python -m venv /x && . /x/bin/activate && pip install", "/x"},
        {"poetry install #", "a virtual environment of its own"},
        {"uv venv && uv pip install", "/app/.venv"},
        {"pip install --prefix=$P", "$P"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_str text = sp_arena_print(&arena,
                                     PYTHON_BUILD "ARG P\nRUN %s -r requirements.txt\n"
                                                  "FROM python:3.9\nCOPY --from=build /x.txt /\n" PYTHON_CMD,
                                     cases[i][0]);
        assert_non_null(strstr(step_of(sp_arena_copy(&arena, text).text, 0), cases[i][1]));
    }
}

static void says_what_is_not_activated(void **state)
{
    (void)state;
    assert_string_equal(step_of(PYTHON_BUILD "RUN python -m venv /x\n" REQUIREMENTS PYTHON_FINAL PYTHON_CMD, 1),
                        "and not into /x, which nothing activates before");
}

static void ends_with_the_reason_of_a_doubt(void **state)
{
    (void)state;
    assert_string_equal(step_of(NODE_BUILD "RUN npm ci && npm run build -- -x\n" NODE_FINAL NODE_CMD, -1),
                        "'npm run build --' may put the packages into what is copied");
    assert_string_equal(step_of(PYTHON_BUILD REQUIREMENTS PYTHON_FINAL "CMD [\"./start.sh\"]\n", -1),
                        "what ships may run python in './start.sh'");
    assert_string_equal(step_of(PYTHON_BUILD "RUN if a; then pip install -r r.txt; fi\n" PYTHON_FINAL PYTHON_CMD, -1),
                        "the install may not run: it stands in a condition or a loop");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(says_where_packages_are),
        TEST(says_what_is_not_activated),
        TEST(ends_with_the_reason_of_a_doubt),
        TEST(finds_python_packages_that_stay),
        TEST(stays_silent_when_python_packages_arrive),
        TEST(stays_silent_when_python_packages_serve_the_build),
        TEST(cannot_tell_about_python),
        TEST(judges_node),
        TEST(asks_every_target),
        TEST(tells_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
