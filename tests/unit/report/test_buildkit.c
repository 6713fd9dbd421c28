/* What BuildKit would say of files that it refuses, in its own words. */
#include "report/parsed.h"

#include "base/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct refused {
    const char *text, *message;
} refused;

#define TRIGGER(line) "FROM busybox AS t\nONBUILD " line "\nFROM t\n"
#define ADD(query) "FROM busybox\nADD https://h/r.git?" query " /x\n"

static const refused rows[] = {
    {"FROM a\nFORM x\n",
     "dockerfile:2: dockerfile parse error on line 2: unknown instruction: FORM (did you mean FROM?)"},
    {"FROM a\nCOPY --from=9 a b\n", "dockerfile: invalid stage index 9"},
    {TRIGGER("COPY --from=9 a b"), "dockerfile:3: invalid stage index 9"},
    {TRIGGER("COPY --chmod=9 a b"),
     "dockerfile:3: invalid chmod parameter: '9'. it should be octal string and between 0 and 07777"},
    {TRIGGER("STOPSIGNAL nope"), "dockerfile:3: invalid signal: nope"},
    {TRIGGER("RUN --mount=from=BAD,target=/x y"),
     "dockerfile: failed to parse stage name \"BAD\": invalid reference format: repository name (library/BAD) must be "
     "lowercase"},
    {ADD("ref=x#y"), "dockerfile:2: ref conflicts: \"y\" vs \"x\""},
    {ADD("subdir=a#x:b"), "dockerfile:2: subdir conflicts: \"b\" vs \"a\""},
    {ADD("ref=a&ref=b"), "dockerfile:2: query \"ref\" has multiple values"},
    {ADD("tag=a&branch=b"), "dockerfile:2: branch conflicts with tag"},
    {ADD("keep-git-dir=z"), "dockerfile:2: invalid keep-git-dir value: \"z\""},
    {ADD("bad="), "dockerfile:2: query \"bad\" has no value"},
    {"FROM a\nCOPY https://h/r.git?bad=x /x\n", "dockerfile:2: unexpected query \"bad\""},
    {"FROM a\nCOPY https://{h}/r.git?bad=x /x\n", "dockerfile:2: source can't be a URL for COPY"},
    {"FROM a\nCOPY https://h/r.git /x\n", "dockerfile:2: source can't be a git ref for COPY"},
    {"FROM a\nADD --checksum=sha25A:aa https://h/f /x\n", "dockerfile:2: invalid checksum digest format"},
    {"FROM a\nADD --checksum=sha256.:aa https://h/f /x\n", "dockerfile:2: invalid checksum digest format"},
    {"FROM a\nADD --checksum=md5:aa https://h/f /x\n", "dockerfile:2: unsupported digest algorithm"},
    {TRIGGER("FOO x"), "dockerfile:3: unknown instruction: FOO (did you mean FROM?)"},
    {"FROM a AS t\nONBUILD BAR x\nONBUILD RUN --foo y\nFROM t\n",
     "dockerfile:4: unknown instruction: BAR (did you mean ARG?)"},
    {"FROM a\nRUN --mount=typ\xC3\x89=bind y\n",
     "dockerfile:2: unexpected key 'typ\xC3\xA3\xC2\x89' in 'typ\xC3\x83\xC2\x89=bind' (did you mean type?)"},
    {"FROM ${P\xFF-1}\n", "dockerfile:1: failed to process \"${P\\xff-1}\": unsupported modifier (\xEF\xBF\xBD) in "
                          "substitution"},
    {"FROM a\nONBUILD ONBU\xC4\xB1LD x\n",
     "dockerfile:2: dockerfile parse error on line 2: Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"},
    {"FROM a\nEXPOSE [::1:80:80\n", "dockerfile:2: invalid IP address [::1: address [::1:: missing ']' in address"},
    {"FROM a\nEXPOSE 1.2.3.4:5:6:x\n", "dockerfile:2: invalid IP address: 1.2.3.4:5"},
    {"FROM a\nEXPOSE 1.2.3.4:1-2:3-5\n",
     "dockerfile:2: invalid ranges specified for container and host Ports: 3-5 and 1-2"},
    {"FROM a\nEXPOSE [a]:1:2\n", "dockerfile:2: invalid IP address: a"},
    {"FROM a\nEXPOSE 1.2.3:80:80\n", "dockerfile:2: invalid IP address: 1.2.3"},
    {"FROM a\nENV a=b 1\\\n\\ c\n",
     "dockerfile:2: Syntax error - can't find = in \"1\\\\ c\". Must be of the form: name=value"},
};

typedef struct writing {
    sp_arena arena;
    sp_buf out;
    const char *text;
} writing;

static sp_status write_refusal(void *payload)
{
    writing *file = payload;
    sp_str text = {file->text, strlen(file->text)};
    sp_parsed parsed = {.document = sp_document_parse(&file->arena, SP_STR("Dockerfile"), text)};
    sp_build_input input = {0};
    parsed.graph = sp_graph_build(parsed.document, &input);
    sp_parsed_refusal(&parsed, &file->out);
    return SP_OK;
}

static void agree(const refused *row)
{
    static char expected[1024];
    writing file = {.text = row->text};
    sp_arena_init(&file.arena, sp_alloc_default());
    sp_buf_init(&file.out, sp_alloc_default(), 1u << 16);
    assert_int_equal(sp_guard(&file.arena, write_refusal, &file), SP_OK);
    snprintf(expected, sizeof expected, "%s\n", row->message);
    assert_string_equal(file.out.bytes, expected);
    sp_arena_dispose(&file.arena);
    sp_buf_dispose(&file.out);
}

static void says_it_as_buildkit_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        agree(&rows[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_it_as_buildkit_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
