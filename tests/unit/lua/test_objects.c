/* The objects a policy sees: each field and method of the API page, asked in Lua. */
#include "judge.h"

#include "lua/object.h"

/* What the bodies of this file ask objects for, and their text: fields that an object is made with ask nobody. */
static struct {
    const sp_field *fields[1024];
    size_t count, size;
    char bodies[256 * 1024];
} asked;

static void note_field(void *payload, const sp_field *field)
{
    (void)payload;
    for (size_t i = 0; i < asked.count; i++)
        if (asked.fields[i] == field)
            return;
    assert_true(asked.count < sizeof asked.fields / sizeof *asked.fields);
    asked.fields[asked.count++] = field;
}

static void note_body(const char *body)
{
    size_t size = strlen(body);
    assert_true(asked.size + size < sizeof asked.bodies);
    memcpy(asked.bodies + asked.size, body, size);
    asked.size += size;
}

static int watch_bodies(void **state)
{
    static const sp_watch watch = {.field = note_field};
    (void)state;
    judge_watch = &watch;
    judge_note = note_body;
    return 0;
}

static bool is_asked_for(const sp_field *field)
{
    char wanted[64];
    bool found = false;
    for (size_t i = 0; i < asked.count; i++)
        found |= asked.fields[i] == field;
    snprintf(wanted, sizeof wanted, ".%s", field->name);
    return found || (field->push == NULL && field->method == NULL && strstr(asked.bodies, wanted) != NULL);
}

/* What stands above its row in the table of tests asks for every field and method of the API, with a value in mind. */
static void has_asked_for_everything(void **state)
{
    (void)state;
    judge_watch = NULL;
    judge_note = NULL;
    for (size_t i = 0; sp_lua__kind_at(i) != NULL; i++)
        for (const sp_kind *kind = sp_lua__kind_at(i); kind != NULL; kind = kind->parent)
            for (size_t j = 0; j < kind->field_count; j++)
                if (!is_asked_for(&kind->fields[j]))
                    fail_msg("no test asks a %s for '%s'", kind->name, kind->fields[j].name);
}

/* Four lines a person can count columns in, and a bit of everything. */
static const char build_file[] = "# syntax=docker/dockerfile:1\n"
                                 "ARG VERSION=1.22\n"
                                 "# builds the program\n"
                                 "FROM golang:${VERSION} AS Build\n"
                                 "WORKDIR /src\n"
                                 "COPY --chown=1:2 go.mod ./sub/../main.go .\n"
                                 "RUN go build -o /app .\n"
                                 "FROM alpine:3.20 AS dead\n"
                                 "FROM gcr.io/distroless/static@sha256:"
                                 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
                                 "COPY --from=build /app /app\n"
                                 "COPY --from=0 /src/a /src/b /data/\n"
                                 "USER 65532:65532\n"
                                 "EXPOSE 8080 80-90/UDP\n"
                                 "ENV A=1 B=\"two words\"\n"
                                 "LABEL one=1\n"
                                 "VOLUME /data\n"
                                 "ENTRYPOINT [\"/app\", \"serve\"]\n";

static void gives_build(void **state)
{
    (void)state;
    expect_fine(build_file, "eq(build.path, 'app/Dockerfile')\n"
                            "eq(build.name, nil)\n"
                            "eq(tostring(build), 'app/Dockerfile')\n"
                            "eq(build.at.line, 1)\n"
                            "eq(list(build.stages), 'build|dead|stage 2')\n"
                            "eq(list(build.targets), 'stage 2')\n"
                            "eq(list(build.shipped), 'stage 2')\n"
                            "eq(list(build.needed), 'build|stage 2')\n"
                            "eq(list(build.dead), 'dead')\n"
                            "eq(build.target_defaulted, true)\n"
                            "eq(#build.instructions, 15)\n"
                            "eq(build.instructions[1].kind, 'ARG')\n"
                            "eq(#build.edges, 6)\n"
                            "eq(#build.images, 3)\n"
                            "eq(build.directives[1].name, 'syntax')\n"
                            "eq(build.directives[1].value, 'docker/dockerfile:1')\n"
                            "eq(#build.comments, 1)\n"
                            "eq(build.comments[1].text, 'builds the program')\n"
                            "eq(build.comments[1].instruction, build.stages[1].from)\n"
                            "eq(build.comments[1].at.line, 3)\n"
                            "eq(build.platform.known, false)\n"
                            "eq(#build.args, 0)\n"
                            "eq(build.ignore.present, false)\n"
                            "eq(build.ignore:excludes('a').unknown, true)\n"
                            "eq(build:stage('BUILD'), build.stages[1])\n"
                            "eq(build:stage(2), build.stages[3])\n"
                            "eq(build:stage(3), nil)\n"
                            "eq(build:stage(-1), nil)\n"
                            "eq(build:stage('none'), nil)\n");
}

static void gives_build_arguments(void **state)
{
    (void)state;
    judged is;
    sp_argument argument = {SP_STR("VERSION"), SP_STR("1.23")};
    sp_build_input input = {.arguments = &argument, .argument_count = 1};
    judge_as(&is, build_file,
             "eq(build.args[1].name, 'VERSION')\n"
             "eq(build.args[1].value, '1.23')\n"
             "eq(build.args[1].source, 'argument')\n"
             "eq(build.stages[1].base.value, 'golang:1.23')\n",
             &input);
    judged_end(&is);
}

static void gives_diagnostics(void **state)
{
    (void)state;
    expect_fine("FROM a AS x\nFROM b AS x\n", "local one = build.diagnostics[1]\n"
                                              "eq(one.id, 'duplicate-stage-name')\n"
                                              "eq(one.fatal, false)\n"
                                              "eq(type(one.message), 'string')\n"
                                              "eq(one.at.line, 2)\n");
}

static void gives_stage(void **state)
{
    (void)state;
    expect_fine(build_file, "local stage, last = build.stages[1], build.stages[3]\n"
                            "eq(stage.index, 0)\n"
                            "eq(stage.name, 'build')\n"
                            "eq(last.name, nil)\n"
                            "eq(stage.build, build)\n"
                            "eq(stage.at.line, 4)\n"
                            "eq(stage.at.text, 'FROM golang:${VERSION} AS Build')\n"
                            "eq(stage.from.kind, 'FROM')\n"
                            "eq(stage.base, stage.from.base)\n"
                            "eq(stage.root, stage.base)\n"
                            "eq(list(stage.chain), 'build')\n"
                            "eq(stage.target, false)\n"
                            "eq(stage.shipped, false)\n"
                            "eq(stage.needed, true)\n"
                            "eq(last.target and last.shipped, true)\n"
                            "eq(#stage.instructions, 4)\n"
                            "eq(stage.instructions[1], stage.from)\n"
                            "eq(#stage.uses, 2)\n"
                            "eq(stage.uses[1], stage.base)\n"
                            "eq(#stage.used_by, 2)\n"
                            "eq(stage.used_by[1].to, last)\n"
                            "eq(stage.platform.known, false)\n"
                            "eq(#stage.packages, 0)\n");
}

static void follows_chain(void **state)
{
    (void)state;
    expect_fine("FROM debian:12 AS base\nUSER app\nFROM base AS middle\nFROM middle\n",
                "local stage = build.targets[1]\n"
                "eq(list(stage.chain), 'stage 2|middle|base')\n"
                "eq(tostring(stage.root), 'debian:12')\n"
                "eq(stage.base.from, build:stage('middle'))\n"
                "eq(stage.base.from_kind, 'stage')\n"
                "eq(stage.base.image, nil)\n"
                "eq(stage.user.value, 'app')\n"
                "eq(stage.user.state, 'inherited')\n"
                "eq(stage.user.instruction, build:stage('base').instructions[2])\n"
                "eq(list(build.shipped), 'base|middle|stage 2')\n");
}

static void inherits_the_platform(void **state)
{
    (void)state;
    const char *file = "FROM --platform=linux/aarch64 debian:12 AS base\nFROM --platform=linux/s390x base\nFROM a\n";
    expect_fine(file, "local base, other, last = build.stages[1], build.stages[2], build.stages[3]\n"
                      "eq(base.platform.value, 'linux/arm64')\n"
                      "eq(base.platform.text, 'linux/aarch64')\n"
                      "eq(base.from.platform.name, 'platform')\n"
                      "eq(other.platform.value, 'linux/arm64')\n"
                      "eq(other.from.platform.value, 'linux/s390x')\n"
                      "eq(last.platform.value, nil)\n"
                      "eq(last.platform.known, false)\n"
                      "eq(last.from.platform, nil)\n"
                      "eq(build.platform.value, nil)\n");
    judged is;
    sp_build_input input = {.platform = SP_STR("linux/arm/v7")};
    judge_as(&is, file,
             "eq(build.platform.value, 'linux/arm/v7')\n"
             "eq(build.stages[1].platform.value, 'linux/arm64')\n"
             "eq(build.stages[3].platform.value, 'linux/arm/v7')\n"
             "eq(build.stages[3].platform.at.text, 'FROM a')\n",
             &input);
    judged_end(&is);
}

/* The body must end without a failure where a named context is given. */
static void expect_fine_with(const char *file, sp_str name, sp_str value, const char *body)
{
    judged is;
    sp_argument context = {name, value};
    sp_build_input input = {.contexts = &context, .context_count = 1};
    judge_as(&is, file, body, &input);
    judged_end(&is);
}

static void gives_the_image_of_a_named_context(void **state)
{
    (void)state;
    const char *file = "FROM alpine:3.20 AS base\nUSER app\nFROM base\n";
    expect_fine_with(file, SP_STR("base"), SP_STR("docker-image://debian:12"),
                     "local stage = build.targets[1]\n"
                     "local root, image = stage.root, stage.root.image\n"
                     "eq(root.from_kind, 'named-context')\n"
                     "eq(root.from, nil)\n"
                     "eq(tostring(root), 'alpine:3.20')\n"
                     "eq(tostring(image), 'debian:12')\n"
                     "eq(image.known, true)\n"
                     "eq(image.canonical, 'docker.io/library/debian:12')\n"
                     "eq(image.tag, '12')\n"
                     "eq(image.at.text, 'alpine:3.20')\n"
                     "eq(image:is('*/debian').yes, true)\n"
                     "eq(list(image:is('*/debian').found), 'debian:12')\n"
                     "eq(root:is('alpine:*').no, true)\n"
                     "eq(image:satisfies('>=12').yes, true)\n"
                     "eq(image:contains('package-manager').found[1], 'package-manager:apt')\n"
                     "eq(image.user.value, 'root')\n"
                     "eq(stage.user.value, 'root')\n"
                     "eq(stage.user.state, 'image')\n"
                     "eq(#build.stages[1].instructions, 1)\n"
                     "eq(list(build.images), 'debian:12')\n");
    expect_fine_with("ARG T\nFROM scratch\nCOPY --from=busybox:$T /a /\nCOPY --from=busybox /a /\n", SP_STR("busybox"),
                     SP_STR("docker-image://alpine:3.20"),
                     "local copies = build:all('COPY')\n"
                     "eq(copies[1].sources[1].edge.from_kind, 'unknown')\n"
                     "eq(tostring(copies[2].sources[1].edge.image), 'alpine:3.20')\n");
}

static void knows_what_a_named_context_is(void **state)
{
    (void)state;
    const char *file = "FROM alpine:3.20 AS base\nFROM base\n";
    expect_fine_with(file, SP_STR("base"), SP_STR("docker-image://scratch"),
                     "local root = build.targets[1].root\n"
                     "eq(root.from_kind, 'named-context')\n"
                     "eq(root.image, nil)\n"
                     "eq(root:is('scratch').yes, true)\n"
                     "eq(build.targets[1]:has_path('/bin/sh').no, true)\n");
    expect_fine_with(file, SP_STR("base"), SP_STR("./files"),
                     "eq(build.targets[1].root:is('./files').yes, true)\n"
                     "eq(build.targets[1].root:is('alpine*').no, true)\n");
    expect_fine_with(file, SP_STR("base"), SP_STR("target:other"),
                     "local root = build.targets[1].root\n"
                     "eq(root.image, nil)\n"
                     "eq(root:is('*alpine*').unknown, true)\n"
                     "eq(root:is('scratch').evidence[1].message, \"only the build knows what 'target:other' is\")\n");
    expect_fine_with(file, SP_STR("base::linux/arm64"), SP_STR("docker-image://debian:12"),
                     "eq(build.targets[1].root.from_kind, 'named-context')\n"
                     "local answer = build.targets[1].root:is('*alpine*')\n"
                     "eq(answer.unknown, true)\n"
                     "eq(answer.evidence[1].message, \"only the build knows what 'alpine:3.20' is\")\n");
}

/* Every way in which a variable gets its value, and the instruction that gave it. */
static void tells_where_variables_come_from(void **state)
{
    (void)state;
    judged is;
    sp_argument given[] = {{SP_STR("GIVEN"), SP_STR("1")}};
    sp_build_input input = {.arguments = given, .argument_count = 1, .platform = SP_STR("linux/arm64")};
    judge_as(
        &is,
        "ARG GLOBAL=g\nARG GIVEN=0\nFROM scratch AS base\nARG GLOBAL\nARG GIVEN\nARG TARGETARCH\nARG OWN=o\nARG OPEN\n"
        "ARG BUILDARCH\nENV SET=s\nFROM base\nWORKDIR /$GLOBAL/$GIVEN/$TARGETARCH/$OWN/$OPEN/$BUILDARCH/$SET/$NONE\n",
        "local expected = { GLOBAL = 'default 1', GIVEN = 'known 5', TARGETARCH = 'known 6', OWN = 'default 7',\n"
        "  OPEN = 'unknown 8', BUILDARCH = 'unknown 9', SET = 'known 10', NONE = 'undefined none' }\n"
        "local argument = build.targets[1]:last('WORKDIR').argument\n"
        "for use in each(argument.variables) do\n"
        "  local by = use.instruction\n"
        "  eq(use.state .. ' ' .. (by and by.at.line or 'none'), expected[use.name])\n"
        "end\n"
        "eq(#argument.variables, 8)\n"
        "eq(build.stages[1].from.previous, nil)\n",
        &input);
    judged_end(&is);
}

static void selects_instructions(void **state)
{
    (void)state;
    expect_fine(build_file,
                "eq(#build:all('COPY', 'ADD'), 3)\n"
                "eq(#build:all({ 'COPY', 'RUN' }), 4)\n"
                "eq(#build.stages[1]:all('COPY'), 1)\n"
                "eq(#build.stages[1].from:all('COPY'), 0)\n"
                "eq(build.stages[3]:last('CMD', 'ENTRYPOINT').kind, 'ENTRYPOINT')\n"
                "eq(build.stages[3]:last('CMD'), nil)\n"
                "raises(\"there is no instruction 'CPOY'; did you mean 'COPY'?\", build.all, build, 'CPOY')\n"
                "raises('text expected', build.all, build)\n");
}

static void keeps_identity(void **state)
{
    (void)state;
    expect_fine(build_file, "local edge = build.stages[1].used_by[1]\n"
                            "eq(edge.from, build.stages[1])\n"
                            "eq(edge.to, build:stage(2))\n"
                            "eq(edge.instruction, build.stages[3].instructions[2])\n"
                            "eq(edge.sources[1], edge.instruction.sources[1])\n"
                            "eq(edge.destination, edge.instruction.destination)\n"
                            "eq(build.images[1], build.stages[1].base.image)\n"
                            "eq(build.stages[1].base.image.edge, build.stages[1].base)\n"
                            "eq(build.stages[1].from.base, build.stages[1].base)\n"
                            "eq(build.stages, build.stages)\n"
                            "eq(build.stages[1].contains, build.stages[2].contains)\n");
}

static void gives_edges(void **state)
{
    (void)state;
    expect_fine(build_file, "local named, numbered = build.stages[1].used_by[1], build.stages[1].used_by[2]\n"
                            "eq(named.kind, 'copy')\n"
                            "eq(named.text, 'build')\n"
                            "eq(named.by_index, false)\n"
                            "eq(named.at.text, 'build')\n"
                            "eq(named.at.column, 13)\n"
                            "eq(numbered.by_index, true)\n"
                            "eq(numbered.text, '0')\n"
                            "eq(list(numbered.sources), '/src/a|/src/b')\n"
                            "eq(numbered.destination.path, '/data')\n"
                            "local base = build.stages[1].base\n"
                            "eq(base.kind, 'base')\n"
                            "eq(base.from, nil)\n"
                            "eq(base.from_kind, 'image')\n"
                            "eq(base.text, 'golang:${VERSION}')\n"
                            "eq(base.value, 'golang:1.22')\n"
                            "eq(base.at.text, 'golang:${VERSION}')\n"
                            "eq(base.variables[1].name, 'VERSION')\n"
                            "eq(base.variables[1].state, 'default')\n"
                            "eq(base.variables[1].suggestion, nil)\n"
                            "eq(base.variables[1].at.text, '${VERSION}')\n"
                            "eq(#base.candidates, 0)\n"
                            "local context = build.stages[1].uses[2]\n"
                            "eq(context.from_kind, 'context')\n"
                            "eq(context.at.line, 6)\n"
                            "eq(tostring(context), 'context')\n");
}

static void gives_images(void **state)
{
    (void)state;
    expect_fine(build_file,
                "local golang, alpine, static = build.images[1], build.images[2], build.images[3]\n"
                "eq(golang.registry, 'docker.io')\n"
                "eq(golang.repository, 'library/golang')\n"
                "eq(golang.name, 'golang')\n"
                "eq(golang.tag, '1.22')\n"
                "eq(golang.digest, nil)\n"
                "eq(golang.canonical, 'docker.io/library/golang:1.22')\n"
                "eq(golang.tagged.yes, true)\n"
                "eq(golang.pinned.no, true)\n"
                "eq(static.pinned.yes, true)\n"
                "eq(static.tag, nil)\n"
                "eq(golang:is('docker.io/library/*').yes, true)\n"
                "eq(golang:is('*:latest').no, true)\n"
                "eq(golang:is('*:1.*').yes, true)\n"
                "eq(static:is('gcr.io/distroless/*').yes, true)\n"
                "eq(static:is('*@sha256:*').yes, true)\n"
                "eq(golang:satisfies('>=1.20 <2').yes, true)\n"
                "eq(golang:satisfies('>=1.22.5').unknown, true)\n"
                "eq(alpine.user.state == 'image' or alpine.user.state == 'unknown', true)\n"
                "eq(type(alpine.distro.known), 'boolean')\n"
                "eq(alpine.libc.value, 'musl')\n"
                "eq(alpine.user.root.assumed, false)\n"
                "eq(tostring(golang), 'golang:1.22')\n"
                "raises(\"image has no 'nmae'; did you mean 'name'?\", function() return golang.nmae end)\n");
}

static void says_what_is_assumed_of_an_image(void **state)
{
    (void)state;
    expect_fine("FROM fedora\n", "local fedora = build.images[1]\n"
                                 "eq(fedora.libc.value, 'glibc')\n"
                                 "eq(fedora.user.root.yes, true)\n"
                                 "eq(fedora.user.root.assumed, true)\n");
}

static void reads_parts_of_unknown_images(void **state)
{
    (void)state;
    expect_fine("ARG R\nARG V\nFROM $R/base:1\nFROM python:$V\nFROM $R\nFROM python:3.$V\n",
                "local own, python, any, three = build.images[1], build.images[2], build.images[3], build.images[4]\n"
                "eq(three:is('*:latest').no, true)\n"
                "eq(three:is('*:3.*').yes, true)\n"
                "eq(three:is('*:3.1*', '*@*').unknown, true)\n"
                "eq(own.known, false)\n"
                "eq(own:is('*:latest').no, true)\n"
                "eq(own:is('*/base').yes, true)\n"
                "eq(own:is('docker.io/*').unknown, true)\n"
                "eq(own.tag, '1')\n"
                "eq(own.name, 'base')\n"
                "eq(own.registry, nil)\n"
                "eq(own.canonical, nil)\n"
                "eq(python:is('docker.io/library/python').yes, true)\n"
                "eq(python.repository, 'library/python')\n"
                "eq(python.tagged.yes, true)\n"
                "eq(python:is('*:latest').unknown, true)\n"
                "eq(python.tag, nil)\n"
                "eq(any.tagged.unknown, true)\n"
                "eq(any.pinned.unknown, true)\n"
                "eq(any:is('*:latest').unknown, true)\n"
                "eq(any.tagged.evidence[1].message, \"nothing here says what 'R' is\")\n"
                "eq(own:satisfies('<2').yes, true)\n"
                "eq(python:satisfies('>=3').unknown, true)\n");
}

static void has_implicit_latest(void **state)
{
    (void)state;
    expect_fine("FROM python\n", "local base = build.stages[1].base\n"
                                 "eq(base:is('*:latest').yes, true)\n"
                                 "eq(base.image.tag, nil)\n"
                                 "eq(base.image.tagged.no, true)\n"
                                 "eq(base.image.canonical, 'docker.io/library/python:latest')\n"
                                 "eq(base.image:satisfies('>=3').unknown, true)\n"
                                 "eq(base:is('python').no, true)\n");
}

static void asks_scratch_by_its_word(void **state)
{
    (void)state;
    expect_fine("FROM scratch\n", "local root = build.stages[1].root\n"
                                  "eq(root.from_kind, 'scratch')\n"
                                  "eq(root.image, nil)\n"
                                  "eq(root:is('scratch', '*/distroless/*').yes, true)\n");
}

static void gives_instruction(void **state)
{
    (void)state;
    expect_fine(build_file, "local copy = build.stages[1].instructions[3]\n"
                            "eq(copy.kind, 'COPY')\n"
                            "eq(copy.keyword.value, 'COPY')\n"
                            "eq(copy.text, 'COPY --chown=1:2 go.mod ./sub/../main.go .')\n"
                            "eq(tostring(copy), copy.text)\n"
                            "eq(copy.at.line, 6)\n"
                            "eq(copy.at.end_column, 43)\n"
                            "eq(copy.stage, build.stages[1])\n"
                            "eq(copy.previous.kind, 'WORKDIR')\n"
                            "eq(build.stages[1].from.previous, nil)\n"
                            "eq(copy.before.workdir.value, '/src')\n"
                            "eq(build.instructions[1].stage, nil)\n"
                            "eq(build.instructions[1].before, nil)\n"
                            "eq(list(copy.values), '1:2|go.mod|./sub/../main.go|.')\n"
                            "eq(copy.flags[1].name, 'chown')\n"
                            "eq(copy:flag('chown'), copy.chown)\n"
                            "eq(copy:flag('link'), nil)\n"
                            "raises(\"there is no flag 'lnik'; did you mean 'link'?\", copy.flag, copy, 'lnik')\n"
                            "eq(#copy.heredocs, 0)\n"
                            "eq(copy.onbuild, false)\n"
                            "eq(copy.trigger, false)\n"
                            "eq(build.stages[1].from.comments[1].text, 'builds the program')\n"
                            "eq(copy.script, nil)\n"
                            "eq(copy.pairs, nil)\n");
}

static void gives_from(void **state)
{
    (void)state;
    expect_fine(build_file, "local from = build.stages[1].from\n"
                            "eq(from.name.value, 'Build')\n"
                            "eq(from.name.at.text, 'Build')\n"
                            "eq(from.as.text, 'AS')\n"
                            "eq(from.platform, nil)\n"
                            "eq(build.stages[3].from.name, nil)\n"
                            "eq(build.stages[3].from.as, nil)\n");
}

static void gives_copy(void **state)
{
    (void)state;
    expect_fine(build_file, "local copy = build.stages[1].instructions[3]\n"
                            "eq(copy.sources[1].kind, 'path')\n"
                            "eq(copy.sources[1].path, 'go.mod')\n"
                            "eq(copy.sources[2].path, 'main.go')\n"
                            "eq(copy.sources[1].edge.from_kind, 'context')\n"
                            "eq(copy.sources[1].heredoc, nil)\n"
                            "eq(copy.sources[1].unpacked.no, true)\n"
                            "eq(copy.destination.value, '.')\n"
                            "eq(copy.destination.path, '/src')\n"
                            "eq(copy.chown.value, '1:2')\n"
                            "eq(copy.chmod, nil)\n"
                            "eq(copy.link, false)\n"
                            "eq(copy.parents, false)\n"
                            "eq(#copy.exclude, 0)\n"
                            "eq(build.stages[3].instructions[2].sources[1].path, '/app')\n");
}

static void gives_copy_flags(void **state)
{
    (void)state;
    expect_fine("FROM scratch\nCOPY --link --exclude=*.md --exclude=a --chmod=755 / /x\nCOPY --link=false . y\n",
                "local copy, other = build.stages[1].instructions[2], build.stages[1].instructions[3]\n"
                "eq(copy.link, true)\n"
                "eq(other.link, false)\n"
                "eq(list(copy.exclude), '*.md|a')\n"
                "eq(copy.chmod.value, '755')\n"
                "eq(copy.sources[1].path, '.')\n"
                "eq(other.sources[1].path, '.')\n"
                "eq(other.destination.path, '/y')\n");
}

static void gives_add(void **state)
{
    (void)state;
    expect_fine("FROM scratch\n"
                "ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef "
                "https://example.org/a.tar.gz /a/\n"
                "ADD b.tar.gz c.txt /b/\n"
                "ADD --keep-git-dir https://github.com/x/y.git /c\n"
                "ADD <<ONE /d/one\nhello\nONE\n",
                "local add = build:all('ADD')\n"
                "eq(add[1].sources[1].kind, 'url')\n"
                "eq(add[1].sources[1].path, nil)\n"
                "eq(add[1].sources[1].edge.kind, 'add')\n"
                "eq(add[1].sources[1].unpacked.no, true)\n"
                "eq(add[1].checksum:is('sha256:*').yes, true)\n"
                "eq(add[2].sources[1].unpacked.yes, true)\n"
                "eq(add[2].sources[1].unpacked.assumed, true)\n"
                "eq(add[2].sources[2].unpacked.no, true)\n"
                "eq(add[2].unpack, nil)\n"
                "eq(add[3].sources[1].kind, 'git')\n"
                "eq(add[3].keep_git_dir, true)\n"
                "eq(add[1].keep_git_dir, nil)\n"
                "eq(add[4].sources[1].kind, 'heredoc')\n"
                "eq(add[4].sources[1].heredoc, add[4].heredocs[1])\n"
                "eq(add[4].heredocs[1].name, 'ONE')\n"
                "eq(add[4].heredocs[1].content, 'hello\\n')\n"
                "eq(add[4].heredocs[1].expands, true)\n"
                "eq(add[4].heredocs[1].at.line, 5)\n"
                "eq(add[4].at.end_line, 7)\n");
}

static void gives_run(void **state)
{
    (void)state;
    expect_fine("FROM golang AS g\nFROM debian\n"
                "RUN --network=none --mount=type=cache,target=/root/.cache,sharing=locked,id=c "
                "--mount=type=secret,id=key,required,mode=0400 --mount=from=g,source=/go,target=/go make\n"
                "RUN [\"ls\", \"-l\"]\n"
                "RUN <<E\nls\nE\n",
                "local run = build:all('RUN')\n"
                "eq(run[1].form, 'shell')\n"
                "eq(#run[1].words, 0)\n"
                "eq(run[1].network, 'none')\n"
                "eq(run[1].security, 'sandbox')\n"
                "eq(run[2].network, 'default')\n"
                "eq(run[2].form, 'exec')\n"
                "eq(list(run[2].words), 'ls|-l')\n"
                "eq(run[3].form, 'heredoc')\n"
                "eq(#run[1].mounts, 3)\n"
                "local cache, secret, bind = run[1].mounts[1], run[1].mounts[2], run[1].mounts[3]\n"
                "eq(cache.type, 'cache')\n"
                "eq(cache.target.value, '/root/.cache')\n"
                "eq(cache.sharing, 'locked')\n"
                "eq(cache.required, false)\n"
                "eq(cache.edge, nil)\n"
                "eq(secret.id.value, 'key')\n"
                "eq(secret.required, true)\n"
                "eq(secret.mode.value, '0400')\n"
                "eq(bind.type, 'bind')\n"
                "eq(bind.source.value, '/go')\n"
                "eq(bind.sharing, nil)\n"
                "eq(bind.edge.kind, 'mount')\n"
                "eq(bind.edge.from, build:stage('g'))\n"
                "eq(bind.at.line, 3)\n");
}

static void gives_pairs(void **state)
{
    (void)state;
    expect_fine("ARG G=1\nFROM scratch\nARG X\nARG Y=$G\nENV A=1 B=$X\nENV C old style\nLABEL \"a b\"=c\n",
                "local all = build.stages[1].instructions\n"
                "eq(all[2].pairs[1].name, 'X')\n"
                "eq(all[2].pairs[1].text, '')\n"
                "eq(all[2].pairs[1].known, false)\n"
                "eq(all[4].pairs[1].name, 'A')\n"
                "eq(all[4].pairs[1].value, '1')\n"
                "eq(all[4].pairs[1].legacy, false)\n"
                "eq(all[4].pairs[2].known, false)\n"
                "eq(all[4].pairs[2].variables[1].state, 'unknown')\n"
                "eq(all[4].pairs[2].at.text, 'B=$X')\n"
                "eq(all[5].pairs[1].legacy, true)\n"
                "eq(all[5].pairs[1].value, 'old style')\n"
                "eq(all[6].pairs[1].name, 'a b')\n"
                "eq(list(all[4].values), '1|$X')\n");
}

static void gives_settings_instructions(void **state)
{
    (void)state;
    expect_fine("FROM scratch\nUSER app:staff\nWORKDIR /x\nSTOPSIGNAL SIGINT\nMAINTAINER me\nVOLUME /a /b\n"
                "EXPOSE 80 443/TCP 90-91/udp $X\nSHELL [\"/bin/bash\", \"-c\"]\nCMD echo $A\n"
                "HEALTHCHECK --interval=5s --retries=3 CMD [\"ok\"]\n",
                "local all = build.stages[1].instructions\n"
                "eq(all[2].argument.value, 'app:staff')\n"
                "eq(all[2].argument.user, 'app')\n"
                "eq(all[2].argument.group, 'staff')\n"
                "eq(all[2].argument.root.no, true)\n"
                "eq(all[3].argument.value, '/x')\n"
                "eq(all[4].argument.value, 'SIGINT')\n"
                "eq(all[5].argument.value, 'me')\n"
                "eq(list(all[6].paths), '/a|/b')\n"
                "eq(all[7].ports[1].first, 80)\n"
                "eq(all[7].ports[1].protocol, 'tcp')\n"
                "eq(all[7].ports[2].protocol, 'tcp')\n"
                "eq(all[7].ports[3].first, 90)\n"
                "eq(all[7].ports[3].last, 91)\n"
                "eq(all[7].ports[3].protocol, 'udp')\n"
                "eq(list(all[8].words), '/bin/bash|-c')\n"
                "eq(all[8].form, 'exec')\n"
                "eq(all[9].form, 'shell')\n"
                "eq(#all[9].words, 0)\n"
                "eq(all[10].none, false)\n"
                "eq(all[10].interval.value, '5s')\n"
                "eq(all[10].retries.value, '3')\n"
                "eq(all[10].timeout, nil)\n"
                "eq(all[10].start_period, nil)\n"
                "eq(all[10].start_interval, nil)\n"
                "eq(list(all[10].words), 'ok')\n");
}

static void gives_onbuild(void **state)
{
    (void)state;
    expect_fine("FROM scratch AS base\nONBUILD COPY --chown=$U a /b\nFROM base\n",
                "local outer = build.stages[1].instructions[2]\n"
                "local inner = outer.instruction\n"
                "eq(inner.kind, 'COPY')\n"
                "eq(inner.onbuild, true)\n"
                "eq(inner.sources[1].value, 'a')\n"
                "eq(inner.sources[1].edge, nil)\n"
                "eq(inner.destination.path, nil)\n"
                "eq(inner.chown.known, false)\n"
                "eq(inner, outer.instruction)\n"
                "eq(#build.stages[1]:all('COPY'), 0)\n"
                "local fired = build.stages[2].instructions[2]\n"
                "eq(fired.kind, 'COPY')\n"
                "eq(fired.trigger, true)\n"
                "eq(fired.onbuild, false)\n"
                "eq(fired.at.line, 3)\n"
                "eq(fired.destination.path, '/b')\n"
                "eq(fired.stage, build.stages[2])\n"
                "eq(#build:all('COPY'), 1)\n");
}

static void gives_settings(void **state)
{
    (void)state;
    expect_fine(build_file, "local stage = build.targets[1]\n"
                            "eq(stage.user.value, '65532:65532')\n"
                            "eq(stage.user.user, '65532')\n"
                            "eq(stage.user.group, '65532')\n"
                            "eq(stage.user.state, 'set')\n"
                            "eq(stage.user.root.no, true)\n"
                            "eq(stage.user.present.yes, true)\n"
                            "eq(stage.user.at.text, '65532:65532')\n"
                            "eq(stage.user.instruction.kind, 'USER')\n"
                            "eq(list(stage.entrypoint.words), '/app|serve')\n"
                            "eq(type(stage.user.evidence), 'table')\n"
                            "eq(list(stage.environment), '1|two words')\n"
                            "eq(stage.environment[2].name, 'B')\n"
                            "eq(stage:env('A').value, '1')\n"
                            "eq(stage:env('A').state, 'set')\n"
                            "eq(stage.labels[1].name, 'one')\n"
                            "eq(stage:label('one').value, '1')\n"
                            "eq(stage.ports[1].name, '8080/tcp')\n"
                            "eq(stage.ports[2].name, '80-90/udp')\n"
                            "eq(stage.ports[2].first, 80)\n"
                            "eq(stage.ports[2].state, 'set')\n"
                            "eq(stage.volumes[1].value, '/data')\n"
                            "eq(stage:exposes(85).yes, true)\n"
                            "eq(stage:exposes(22).unknown, true)\n"
                            "eq(stage.from.before.ports[1], nil)\n");
}

static void gives_defaults(void **state)
{
    (void)state;
    expect_fine("FROM scratch\n", "local stage = build.stages[1]\n"
                                  "eq(stage.user.value, 'root')\n"
                                  "eq(stage.user.state, 'default')\n"
                                  "eq(stage.user.root.yes, true)\n"
                                  "eq(stage.user.present.no, true)\n"
                                  "eq(stage.user.instruction, nil)\n"
                                  "eq(stage.user.at.line, 1)\n"
                                  "eq(stage.workdir.value, '/')\n"
                                  "eq(stage.cmd.value, nil)\n"
                                  "eq(stage.cmd.known, true)\n"
                                  "eq(tostring(stage.cmd), '')\n"
                                  "eq(#stage.cmd.words, 0)\n"
                                  "eq(stage.entrypoint.state, 'default')\n"
                                  "eq(stage.shell.value, nil)\n"
                                  "eq(stage.stopsignal.value, nil)\n"
                                  "eq(stage.healthcheck.present.no, true)\n"
                                  "eq(#stage.environment, 0)\n"
                                  "eq(stage:env('X').value, nil)\n"
                                  "eq(stage:env('X').present.no, true)\n"
                                  "eq(stage:label('X').present.no, true)\n"
                                  "eq(stage:exposes(22).no, true)\n");
}

static void says_unknown_settings(void **state)
{
    (void)state;
    expect_fine("FROM example.org/own:1\nHEALTHCHECK NONE\n", "local stage = build.stages[1]\n"
                                                              "eq(stage.user.state, 'unknown')\n"
                                                              "eq(stage.user.value, nil)\n"
                                                              "eq(stage.user.known, false)\n"
                                                              "eq(stage.user.root.unknown, true)\n"
                                                              "eq(stage.user.present.unknown, true)\n"
                                                              "eq(stage.user.instruction, nil)\n"
                                                              "eq(stage.user.at.line, 1)\n"
                                                              "eq(stage:env('X').state, 'unknown')\n"
                                                              "eq(stage.healthcheck.present.no, true)\n"
                                                              "eq(stage.healthcheck.state, 'set')\n"
                                                              "eq(stage.instructions[2].none, true)\n");
}

static void gives_values(void **state)
{
    (void)state;
    expect_fine("FROM scratch\nARG A\nENV B=app-$A C=app-1 D=${A:-y}\n",
                "local pairs = build.stages[1].instructions[3].pairs\n"
                "local unknown, known = pairs[1], pairs[2]\n"
                "eq(unknown.text, 'app-$A')\n"
                "eq(unknown.value, nil)\n"
                "eq(unknown.known, false)\n"
                "eq(tostring(unknown), 'app-$A')\n"
                "eq(#unknown.candidates, 0)\n"
                "eq(unknown:is('app-*').yes, true)\n"
                "eq(unknown:is('web-*').no, true)\n"
                "eq(unknown:is('app-1').unknown, true)\n"
                "eq(unknown:is('app-1').evidence[1].message, \"nothing here says what 'A' is\")\n"
                "eq(known:is('x', { 'app-[0-9]' }).yes, true)\n"
                "eq(known:is({}).no, true)\n"
                "eq(known:is(known).yes, true)\n"
                "eq(known:is(unknown).unknown, true)\n"
                "eq(tostring(known:is('app*')), 'app-1')\n"
                "eq(pairs[3].value, 'y')\n"
                "eq(pairs[3].variables[1].state, 'default')\n");
}

static void compares_versions(void **state)
{
    (void)state;
    expect_fine("FROM scratch\nARG A\nENV V=3.9.5-slim W=abc X=3.9-$A Y=3.$A\n",
                "local pairs = build.stages[1].instructions[3].pairs\n"
                "eq(pairs[1]:satisfies('>=3.9 <4').yes, true)\n"
                "eq(pairs[1]:satisfies('>=3.10').no, true)\n"
                "eq(pairs[1]:satisfies('3.9').yes, true)\n"
                "eq(pairs[1]:satisfies('<3 || >=3.9.5').yes, true)\n"
                "eq(pairs[1]:satisfies('!=3.9').no, true)\n"
                "eq(pairs[2]:satisfies('>=1').unknown, true)\n"
                "eq(pairs[3]:satisfies('<4').yes, true)\n"
                "eq(pairs[4]:satisfies('<4').unknown, true)\n"
                "raises(\"looks like '>=3.9 <4'\", pairs[1].satisfies, pairs[1], 'new')\n"
                "raises('version range expected', pairs[1].satisfies, pairs[1], 3)\n");
}

static void gives_answers(void **state)
{
    (void)state;
    expect_fine("FROM scratch\nENV B=b\n", "local value = build.stages[1].instructions[2].pairs[1]\n"
                                           "local yes, no = value:is('b'), value:is('c')\n"
                                           "eq(yes.yes, true) eq(yes.no, false) eq(yes.unknown, false)\n"
                                           "eq(no.yes, false) eq(no.no, true) eq(no.unknown, false)\n"
                                           "eq(yes.assumed, false)\n"
                                           "eq(list(yes.found), 'b')\n"
                                           "eq(#no.found, 0)\n"
                                           "eq(yes.at.text, 'B=b')\n"
                                           "eq(type(yes.evidence), 'table')\n"
                                           "eq(yes:except('b').no, true)\n"
                                           "eq(yes:except('*').no, true)\n"
                                           "eq(yes:except({ 'c' }).yes, true)\n"
                                           "eq(yes:except({}).yes, true)\n");
}

static void asks_facts(void **state)
{
    (void)state;
    expect_fine(build_file, "local stage = build.stages[1]\n"
                            "eq(stage:contains('native-compiler').yes, true)\n"
                            "eq(stage:contains('go-toolchain'):except('go-toolchain').no, true)\n"
                            "raises(\"there is no capability 'native-compilr'; did you mean 'native-compiler'?\",\n"
                            "  stage.contains, stage, 'native-compilr')\n"
                            "eq(stage.base.image:contains('go-toolchain').yes, true)\n"
                            "eq(stage:installs('curl').yes, false)\n"
                            "eq(build.targets[1]:depends_on('build').yes, true)\n"
                            "eq(build.targets[1]:depends_on(stage).yes, true)\n"
                            "eq(build.targets[1]:depends_on('dead').yes, false)\n"
                            "eq(stage.runs.unknown, true)\n"
                            "eq(build.targets[1].runs.found[1], 'app')\n"
                            "eq(#stage.left_behind >= 0, true)\n");
}

static void finds_paths(void **state)
{
    (void)state;
    expect_fine("FROM scratch AS base\nWORKDIR /srv\nCOPY app bin/\nCOPY a /opt/tool\nFROM base\n"
                "FROM debian:12\nRUN make\nFROM a\nCOPY a b\n",
                "local stage = build.stages[2]\n"
                "local yes = stage:has_path('/opt/none', '/opt/tool')\n"
                "eq(yes.yes, true)\n"
                "eq(list(yes.found), '/opt/tool')\n"
                "eq(yes.evidence[1].message, 'a is copied to /opt/tool')\n"
                "eq(yes.evidence[1].at.line, 4)\n"
                "eq(yes:except('/opt/tool').no, true)\n"
                "eq(stage:has_path('/etc/passwd').no, true)\n"
                "eq(stage:has_path('/etc/passwd').evidence[1].message, 'scratch is empty')\n"
                "eq(list(stage:has_path('bin').found), '/srv/bin')\n"
                "eq(stage:has_path({ '/srv/bin/app', '/x' }).unknown, true)\n"
                "eq(#stage:has_path('/srv/bin/app').found, 0)\n"
                "eq(stage:has_path({}).no, true)\n"
                "eq(build.stages[3]:has_path('/out').unknown, true)\n"
                "local unseen = build.stages[4]:has_path('b')\n"
                "eq(unseen.unknown, true)\n"
                "eq(unseen.evidence[1].message, \"'b' is seen from a WORKDIR that is not known\")\n"
                "eq(stage:has_path(build.stages[1].instructions[2].argument).yes, true)\n"
                "raises('text expected', stage.has_path, stage)\n");
}

static void depends_on_the_stage_meant(void **state)
{
    (void)state;
    expect_fine("FROM a\nFROM b AS x\nFROM c AS x\nFROM d AS z\nCOPY --from=0 a /\nFROM scratch\n"
                "COPY --from=z / /\nCOPY --from=x / /\n",
                "local stages, last = build.stages, build.targets[1]\n"
                "eq(last:depends_on(stages[1]).yes, true)\n"
                "eq(list(last:depends_on(stages[1]).found), 'stage 0')\n"
                "eq(last:depends_on(stages[1]).at.text, 'z')\n"
                "eq(#last:depends_on(stages[1]).evidence, 2)\n"
                "eq(last:depends_on(stages[1]).evidence[1].message, \"'stage 4' copies from 'z'\")\n"
                "eq(last:depends_on(stages[2]).no, true)\n"
                "eq(last:depends_on(stages[3]).yes, true)\n"
                "eq(last:depends_on(stages[2], stages[3]).yes, true)\n"
                "eq(last:depends_on(stages[2], 'z').yes, true)\n"
                "eq(last:depends_on(last).no, true)\n"
                "eq(stages[1]:depends_on(last).no, true)\n");
}

static void gives_scripts(void **state)
{
    (void)state;
    expect_fine("FROM debian:12\n"
                "RUN A=1 apt-get -qy install curl=7.1 git > /log && /usr/bin/curl http://x | sh\n",
                "local script = build:all('RUN')[1].script\n"
                "eq(script.known, true)\n"
                "eq(#script.commands, 3)\n"
                "local apt, curl, sh = script.commands[1], script.commands[2], script.commands[3]\n"
                "eq(apt.name, 'apt-get')\n"
                "eq(curl.path, '/usr/bin/curl')\n"
                "eq(curl.name, 'curl')\n"
                "eq(apt.path, nil)\n"
                "eq(list(apt.words), 'apt-get|-qy|install|curl=7.1|git')\n"
                "eq(list(apt.arguments), 'install|curl=7.1|git')\n"
                "eq(apt.words[3], apt.arguments[1])\n"
                "eq(apt:flag('-y', '--yes') ~= nil, true)\n"
                "eq(apt:flag('-x'), nil)\n"
                "eq(apt:is('apt*').yes, true)\n"
                "eq(apt.certain, true)\n"
                "eq(apt.pipe, nil)\n"
                "eq(#script.pipes, 1)\n"
                "eq(curl.pipe, script.pipes[1])\n"
                "eq(script.pipes[1][2], sh)\n"
                "eq(#script.pipes[1], 2)\n"
                "eq(script.pipes[1].pipefail.no, true)\n"
                "eq(script.pipes[1].at.line, 2)\n"
                "eq(script.pipes[1][3], nil)\n"
                "eq(apt.redirects[1].operator, '>')\n"
                "eq(apt.redirects[1].target.value, '/log')\n"
                "eq(apt.redirects[1].at.line, 2)\n"
                "eq(apt.assignments[1].name, 'A')\n"
                "eq(apt.assignments[1].value, '1')\n"
                "eq(apt.instruction, build:all('RUN')[1])\n"
                "eq(apt.stage, build.stages[1])\n"
                "eq(apt.at.line, 2)\n"
                "eq(build:calls('apt-get', 'install')[1], apt)\n"
                "eq(#build:calls('apt-get', 'remove'), 0)\n"
                "eq(#build.stages[1]:calls('*'), 3)\n");
}

static void gives_operations(void **state)
{
    (void)state;
    expect_fine("FROM debian:12\nRUN apt-get install -y curl=7.1 git\nRUN apt-get remove -y git\n",
                "local operation = build:operations('install')[1]\n"
                "eq(operation.manager, 'apt')\n"
                "eq(operation.action, 'install')\n"
                "eq(tostring(operation), 'apt install')\n"
                "eq(operation.at.text, 'install')\n"
                "eq(operation.manifest, false)\n"
                "eq(operation.recommends.yes, true)\n"
                "eq(operation.confirmed.yes, true)\n"
                "eq(build:operations('remove')[1].confirmed.yes, true)\n"
                "eq(operation.cache_left.no, true)\n"
                "eq(operation.command.name, 'apt-get')\n"
                "eq(operation.command.operation, operation)\n"
                "eq(operation.instruction.kind, 'RUN')\n"
                "eq(operation.stage, build.stages[1])\n"
                "local curl, git = operation.packages[1], operation.packages[2]\n"
                "eq(curl.name, 'curl')\n"
                "eq(curl.version, '7.1')\n"
                "eq(curl.text, 'curl=7.1')\n"
                "eq(curl.manager, 'apt')\n"
                "eq(curl.source, 'index')\n"
                "eq(curl.pinned.yes, true)\n"
                "eq(git.pinned.no, true)\n"
                "eq(git.version, nil)\n"
                "eq(curl:is('cur*').yes, true)\n"
                "eq(curl:satisfies('>=7').yes, true)\n"
                "eq(git:satisfies('>=7').unknown, true)\n"
                "eq(#build:operations(), 2)\n"
                "eq(#build:operations('remove', 'apt'), 1)\n"
                "eq(#build:operations(nil, 'apk'), 0)\n"
                "raises(\"there is no action 'instal'; did you mean 'install'?\", build.operations, build, 'instal')\n"
                "eq(list(build.stages[1].packages), 'curl=7.1|git')\n"
                "eq(build.stages[1].packages[1].removed, nil)\n"
                "eq(build.stages[1].packages[2].removed.line, 3)\n");
}

static void suggests_names(void **state)
{
    (void)state;
    expect_fine(build_file,
                "raises(\"build has no 'shiped'; did you mean 'shipped'?\", function() return build.shiped end)\n"
                "raises(\"stage has no 'nme'; did you mean 'name'?\", function() return build.stages[1].nme end)\n"
                "raises(\"instruction has no 'soruces'; did you mean 'sources'?\",\n"
                "  function() return build.stages[1].from.soruces end)\n"
                "raises(\"answer has no 'yse'\", function() return build.stages[1]:exposes(1).yse end)\n"
                "raises(\"place has no 'lien'; did you mean 'line'?\", function() return build.at.lien end)\n"
                "raises(\"list has no 'first'\", function() return build.stages.first end)\n"
                "raises('build has no field that is a number', function() return build[1] end)\n"
                "raises('build has no field that is a table', function() return build[{}] end)\n"
                "eq(build.stages[99], nil)\n"
                "eq(build.stages[0], nil)\n");
}

static void names_the_line_of_a_wrong_name(void **state)
{
    (void)state;
    expect_failure("FROM a\n", "\n\nlocal x = build.stags", "error",
                   "test/policy/policy.lua:18: build has no 'stags'; did you mean 'stages'?");
}

static void keeps_writes_to_itself(void **state)
{
    (void)state;
    expect_fine(build_file, "build.stages[1].index = 'x'\n"
                            "eq(build.stages[1].index, 'x')\n"
                            "build.stages[1].name = 'other'\n"
                            "eq(tostring(build.stages[1]), 'build')\n"
                            "build.stages = nil\n"
                            "eq(#build.stages, 3)\n"
                            "build.path = nil\n"
                            "eq(build.path, 'app/Dockerfile')\n");
}

static void shows_no_hidden_keys(void **state)
{
    (void)state;
    expect_fine(build_file,
                "for key, value in pairs(build) do eq(type(key), 'string') eq(type(value) ~= 'userdata', true) end\n"
                "for key in pairs(set({ 'a' })) do eq(type(key), 'string') end\n"
                "eq(rawlen(build), 0)\n");
}

static void raises_on_odd_arguments(void **state)
{
    (void)state;
    expect_fine(
        build_file,
        "local stage, value = build.stages[1], build.stages[1].from.name\n"
        "local odd = { 0, 1.5, true, {}, { {} }, { 1 }, build, function() end, 'a\\0b', { 'a\\0b' }, ('x'):rep(1000) "
        "}\n"
        "local objects = { build, stage, value, stage.from, stage.base, stage.base.image, stage:exposes(1),\n"
        "  stage.user, build.ignore, stage.from.before }\n"
        "local methods = { 'stage', 'all', 'calls', 'operations', 'contains', 'installs', 'has_path', 'exposes',\n"
        "  'depends_on', 'last', 'is', 'satisfies', 'except', 'env', 'label', 'flag', 'excludes' }\n"
        "local raised = 0\n"
        "for _, object in ipairs(objects) do\n"
        "  for _, method in ipairs(methods) do\n"
        "    local found, f = pcall(function() return object[method] end)\n"
        "    if found and type(f) == 'function' then\n"
        "      for _, argument in ipairs(odd) do\n"
        "        if not pcall(f, object, argument) then raised = raised + 1 end\n"
        "        if not pcall(f, argument, 'x') then raised = raised + 1 end\n"
        "        if not pcall(f, object, 'x', argument) then raised = raised + 1 end\n"
        "      end\n"
        "      pcall(f) pcall(f, nil) pcall(f, object) pcall(f, object, nil)\n"
        "    end\n"
        "  end\n"
        "end\n"
        "eq(raised > 100, true)\n"
        "raises('stage expected, got nil', stage.contains, nil, 'x')\n"
        "raises('stage expected, got build', stage.contains, build, 'x')\n"
        "raises('NUL', value.is, value, 'a\\0')\n"
        "raises('text, value or list of them expected, got number', value.is, value, 1)\n"
        "raises('item 1 of the list is a table', value.is, value, { {} })\n"
        "raises('text expected', value.is, value)\n"
        "raises('port number', stage.exposes, stage, '22')\n"
        "raises('port number', stage.exposes, stage, 70000)\n");
}

static void reads_every_field_of_everything(void **state)
{
    (void)state;
    expect_fine(
        build_file,
        "local names = { 'all', 'args', 'argument', 'arguments', 'as', 'assignments', 'assumed', 'at', 'base', "
        "'before',\n"
        "  'build', 'by_index', 'candidates', 'canonical', 'chain', 'chmod', 'chown', 'cmd', 'command', 'commands',\n"
        "  'comments', 'dead', 'destination', 'diagnostics', 'digest', 'directives', 'distro', 'edge', 'edges',\n"
        "  'end_line', 'entrypoint', 'environment', 'evidence', 'excluded', 'exists', 'flags', 'form', 'found', "
        "'from', 'group',\n"
        "  'healthcheck', 'heredoc', 'heredocs', 'ignore', 'image', 'images', 'instruction', 'instructions', "
        "'keyword',\n"
        "  'kind', 'known', 'labels', 'left_behind', 'libc', 'link', 'message', 'mounts', 'name', 'needed', "
        "'operation',\n"
        "  'pairs', 'packages', 'path', 'paths', 'pinned', 'pipes', 'platform', 'ports', 'present', 'previous', "
        "'root',\n"
        "  'script', 'shell', 'shipped', 'size', 'sources', 'stage', 'stages', 'state', 'tagged', 'text', 'to', "
        "'unpacked',\n"
        "  'used_by', 'user', 'uses', 'value', 'values', 'variables', 'volumes', 'words', 'workdir', 'yes' }\n"
        "local seen, queue, count = { [build] = true }, { build }, 0\n"
        "local function add(thing)\n"
        "  if type(thing) == 'table' and not seen[thing] then seen[thing] = true queue[#queue + 1] = thing end\n"
        "end\n"
        "while count < #queue and count < 3000 do\n"
        "  count = count + 1\n"
        "  local object = queue[count]\n"
        "  tostring(object)\n"
        "  for i = 1, #object do add(object[i]) end\n"
        "  for _, name in ipairs(names) do\n"
        "    local fine, field = pcall(function() return object[name] end)\n"
        "    if fine then add(field) end\n"
        "  end\n"
        "end\n"
        "eq(count > 500, true)\n");
}

static void gives_project(void **state)
{
    (void)state;
    judge_scope = "project";
    expect_fine(build_file, "local project = build\n"
                            "eq(list(project.builds), 'app/Dockerfile')\n"
                            "eq(list(project.targets), 'stage 2')\n"
                            "eq(project.targets[1].build, project.builds[1])\n"
                            "eq(project.at.path, 'app/Dockerfile')\n");
    judge_scope = "build";
}

static void knows_no_context(void **state)
{
    (void)state;
    expect_fine(build_file, "local ignore, source = build.ignore, build:all('COPY')[1].sources[1]\n"
                            "eq(ignore.known, false)\n"
                            "eq(ignore.assumed, false)\n"
                            "eq(ignore.path, nil)\n"
                            "eq(ignore.at.path, 'app/Dockerfile')\n"
                            "eq(source.excluded.unknown, true)\n"
                            "eq(source.exists.unknown, true)\n"
                            "eq(source:brings('.git').unknown, true)\n"
                            "eq(source.size, nil)\n");
}

static void selects_in_one_instruction(void **state)
{
    (void)state;
    expect_fine("FROM alpine:3.20\nRUN apk add curl && echo done\n",
                "local run = build:all('RUN')[1]\n"
                "eq(run.script.at.line, 2)\n"
                "eq(list(run:calls('echo')), 'echo done')\n"
                "eq(#run:calls('go'), 0)\n"
                "eq(run:operations('install')[1].manager, 'apk')\n"
                "eq(build.targets[1]:operations('install', 'apk')[1].packages[1].name, 'curl')\n"
                "eq(#build.targets[1]:operations('update'), 0)\n"
                "local step = build.targets[1]:contains('shell').evidence[1]\n"
                "eq(type(step.message), 'string')\n"
                "eq(step.source, nil)\n"
                "eq(set({ 'a', 'b' }):has('b'), true)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_build),
        cmocka_unit_test(gives_build_arguments),
        cmocka_unit_test(gives_diagnostics),
        cmocka_unit_test(gives_stage),
        cmocka_unit_test(follows_chain),
        cmocka_unit_test(inherits_the_platform),
        cmocka_unit_test(gives_the_image_of_a_named_context),
        cmocka_unit_test(knows_what_a_named_context_is),
        cmocka_unit_test(tells_where_variables_come_from),
        cmocka_unit_test(selects_instructions),
        cmocka_unit_test(keeps_identity),
        cmocka_unit_test(gives_edges),
        cmocka_unit_test(gives_images),
        cmocka_unit_test(says_what_is_assumed_of_an_image),
        cmocka_unit_test(reads_parts_of_unknown_images),
        cmocka_unit_test(has_implicit_latest),
        cmocka_unit_test(asks_scratch_by_its_word),
        cmocka_unit_test(gives_instruction),
        cmocka_unit_test(gives_from),
        cmocka_unit_test(gives_copy),
        cmocka_unit_test(gives_copy_flags),
        cmocka_unit_test(gives_add),
        cmocka_unit_test(gives_run),
        cmocka_unit_test(gives_pairs),
        cmocka_unit_test(gives_settings_instructions),
        cmocka_unit_test(gives_onbuild),
        cmocka_unit_test(gives_settings),
        cmocka_unit_test(gives_defaults),
        cmocka_unit_test(says_unknown_settings),
        cmocka_unit_test(gives_values),
        cmocka_unit_test(compares_versions),
        cmocka_unit_test(gives_answers),
        cmocka_unit_test(asks_facts),
        cmocka_unit_test(finds_paths),
        cmocka_unit_test(depends_on_the_stage_meant),
        cmocka_unit_test(gives_scripts),
        cmocka_unit_test(gives_operations),
        cmocka_unit_test(suggests_names),
        cmocka_unit_test(names_the_line_of_a_wrong_name),
        cmocka_unit_test(keeps_writes_to_itself),
        cmocka_unit_test(shows_no_hidden_keys),
        cmocka_unit_test(gives_project),
        cmocka_unit_test(knows_no_context),
        cmocka_unit_test(selects_in_one_instruction),
        cmocka_unit_test(has_asked_for_everything),
        cmocka_unit_test(raises_on_odd_arguments),
        cmocka_unit_test(reads_every_field_of_everything),
    };
    return cmocka_run_group_tests(tests, watch_bodies, NULL);
}
