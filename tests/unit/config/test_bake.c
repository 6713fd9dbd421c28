/* Bake files in JSON: which builds they declare, and what is said of broken and hostile ones. */
#include "config/bake.h"

#include "base/guard.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

typedef struct reading {
    sp_arena arena;
    sp_bake_input input;
    sp_bake bake;
    sp_error error;
} reading;

static bool look_up(void *payload, sp_str name, sp_str *value)
{
    const char *const *pairs = payload;
    for (; pairs[0] != NULL; pairs += 2) {
        if (!sp_str_is(name, pairs[0]))
            continue;
        *value = sp_str_from(pairs[1]);
        return true;
    }
    return false;
}

static sp_status read_guarded(void *payload)
{
    reading *file = payload;
    return sp_bake_read(&file->arena, &file->input, &file->bake, &file->error);
}

static sp_status read_bytes(reading *file, sp_str text, const char *selected, const char *const *environment)
{
    *file = (reading){.input = {.path = SP_STR("docker-bake.json"), .text = text, .selected = sp_str_from(selected)}};
    if (environment != NULL) {
        file->input.lookup = look_up;
        file->input.payload = (void *)(uintptr_t)environment;
    }
    SP_INIT(file->error);
    sp_arena_init(&file->arena, sp_alloc_default());
    return sp_guard(&file->arena, read_guarded, file);
}

static const sp_declared_build *reads(reading *file, const char *text, const char *selected,
                                      const char *const *environment)
{
    sp_status status = read_bytes(file, sp_str_from(text), selected, environment);
    if (status != SP_OK)
        print_error("%s\n", file->error.message);
    assert_int_equal(status, SP_OK);
    assert_true(file->bake.builds.count > 0);
    return file->bake.builds.items;
}

static void refuses_bytes(sp_str text, const char *selected, unsigned line, const char *message)
{
    reading file;
    clock_t begin = clock();
    assert_int_equal(read_bytes(&file, text, selected, NULL), SP_E_CONFIG);
    assert_string_equal(file.error.message, message);
    assert_string_equal(file.error.path, "docker-bake.json");
    assert_int_equal(file.error.line, line);
    assert_true(file.arena.used < 32u << 20);
    assert_true(clock() - begin < CLOCKS_PER_SEC);
    sp_arena_dispose(&file.arena);
}

static void refuses(const char *text, const char *selected, unsigned line, const char *message)
{
    refuses_bytes(sp_str_from(text), selected, line, message);
}

static void is(sp_str text, const char *expected)
{
    if (!sp_str_is(text, expected))
        print_error("'%.*s' is not '%s'\n", SP_STR_ARG(text), expected);
    assert_true(sp_str_is(text, expected));
}

#define HINT "use docker buildx bake --print | stagepolicy check --bake -"

static void reads_every_key_of_a_build(void **state)
{
    reading file;
    (void)state;
    const sp_declared_build *build = reads(
        &file,
        "{\"target\": {\"app\": {\"context\": \"./app\", \"dockerfile\": \"build/Dockerfile\", \"target\": \"final\","
        " \"args\": {\"A\": \"1\", \"B\": 2, \"C\": true, \"D\": null, \"E\": \"\"},"
        " \"contexts\": {\"base\": \"docker-image://alpine\", \"gone\": \"\", \"src\": \"../src\"},"
        " \"platforms\": [\"linux/amd64\", \"linux/arm64\", \"linux/amd64\", \"\"], \"tags\": [\"x\"],"
        " \"dockerfile-inline\": \"FROM a\\nRUN b\"}}}",
        "app", NULL);
    is(build->name, "app");
    is(build->context, "./app");
    is(build->dockerfile, "build/Dockerfile");
    is(build->target, "final");
    is(*build->inline_text, "FROM a\nRUN b");
    assert_int_equal(build->arguments.count, 4);
    is(build->arguments.items[1].name, "B");
    is(build->arguments.items[1].value, "2");
    is(build->arguments.items[2].value, "true");
    is(build->arguments.items[3].name, "E");
    assert_true(build->arguments.items[3].known);
    assert_int_equal(build->contexts.count, 2);
    is(build->contexts.items[1].name, "src");
    is(build->contexts.items[1].value, "../src");
    assert_int_equal(build->platforms.count, 2);
    is(build->platforms.items[1], "linux/arm64");
    sp_arena_dispose(&file.arena);
}

static void says_what_bake_says_where_nobody_did(void **state)
{
    reading file;
    (void)state;
    const sp_declared_build *build = reads(&file, "{\"target\": {\"default\": {\"dockerfile\": \"\"}}}", "", NULL);
    is(build->context, ".");
    is(build->dockerfile, "Dockerfile");
    is(build->target, "");
    assert_null(build->inline_text);
    assert_int_equal(build->platforms.count, 0);
    sp_arena_dispose(&file.arena);
}

static void inherits_in_order_and_keeps_what_is_its_own(void **state)
{
    reading file;
    (void)state;
    const sp_declared_build *build =
        reads(&file,
              "{\"target\": {\"app\": {\"inherits\": [\"a\", \"b\"], \"args\": {\"Y\": \"own\", \"X\": null}},"
              "\"a\": {\"context\": \"a\", \"args\": {\"X\": \"a\", \"Y\": \"a\"}, \"platforms\": [\"linux/arm64\"]},"
              "\"b\": {\"inherits\": [\"c\"], \"args\": {\"X\": \"b\"}, \"target\": \"b\"},"
              "\"c\": {\"context\": \"c\", \"args\": {\"Z\": \"c\"}, \"platforms\": []}}}",
              "app", NULL);
    is(build->name, "app");
    is(build->context, "c");
    is(build->target, "b");
    assert_int_equal(build->platforms.count, 0);
    assert_int_equal(build->arguments.count, 3);
    is(build->arguments.items[0].value, "b");
    is(build->arguments.items[1].value, "own");
    is(build->arguments.items[2].name, "Z");
    assert_int_equal(file.bake.builds.count, 1);
    sp_arena_dispose(&file.arena);
}

static void a_group_selects_its_targets_each_once(void **state)
{
    reading file;
    (void)state;
    const sp_declared_build *builds = reads(
        &file,
        "{\"group\": {\"default\": {\"targets\": [\"some\", \"b\", \"default\"]}, \"some\": {\"targets\": [\"c\", "
        "\"b\"]}}, \"target\": {\"a\": {\"matrix\": {}}, \"b\": {}, \"c\": {}, \"default\": {}}}",
        "", NULL);
    assert_int_equal(file.bake.builds.count, 3);
    is(builds[0].name, "c");
    is(builds[1].name, "b");
    is(builds[2].name, "default");
    assert_int_equal(file.bake.names.count, 5);
    is(file.bake.names.items[0], "default");
    is(file.bake.names.items[4], "c");
    sp_arena_dispose(&file.arena);
}

static void targets_that_contexts_use_are_linked(void **state)
{
    reading file;
    (void)state;
    reads(&file,
          "{\"target\": {\"app\": {\"contexts\": {\"b\": \"target:base\"}}, \"base\": {\"contexts\": {\"r\": "
          "\"target:root\", \"o\": \"target:other\"}}, \"root\": {}, \"other\": {\"contexts\": {\"r\": "
          "\"target:root\"}}, \"alone\": {}}}",
          "app", NULL);
    assert_int_equal(file.bake.builds.count, 1);
    assert_int_equal(file.bake.linked.count, 3);
    is(file.bake.linked.items[0].name, "base");
    is(file.bake.linked.items[1].name, "root");
    is(file.bake.linked.items[2].name, "other");
    sp_arena_dispose(&file.arena);
}

static void fills_variables_in(void **state)
{
    static const char *const environment[] = {"TAG", "9", "DEBUG", "1", "COUNT", "+07", "SET", "", NULL, NULL};
    reading file;
    (void)state;
    const sp_declared_build *build =
        reads(&file,
              "{\"//\": \"a comment\", \"STEM\": \"stem\", \"variable\": {\"TAG\": {\"default\": \"1\"}, \"DEBUG\": "
              "{\"default\": false}, \"COUNT\": {\"type\": \"number\"}, \"NAME\": {\"default\": "
              "\"${STEM}-${TAG}\"}, \"SET\": {}, \"KEPT\": {\"default\": 3}},"
              "\"target\": {\"//\": {}, \"app\": {\"//\": 1, \"context\": \"${BAKE_CMD_CONTEXT}\", \"args\": {\"A\": "
              "\"${NAME}!\", \"B\": \"${ DEBUG }\", \"C\": \"${COUNT}\", \"D\": \"$${TAG} %%{x $TAG 100%\", \"E\": "
              "\"${SET}\", \"F\": \"${KEPT}\"}}}}",
              "app", environment);
    const sp_declared_pair *arguments = build->arguments.items;
    is(build->context, ".");
    is(arguments[0].value, "stem-9!");
    is(arguments[1].value, "true");
    is(arguments[2].value, "7");
    is(arguments[3].value, "${TAG} %{x $TAG 100%");
    is(arguments[4].value, "");
    assert_true(arguments[4].known);
    is(arguments[5].value, "3");
    sp_arena_dispose(&file.arena);
}

static void a_variable_that_nobody_gave_is_not_known(void **state)
{
    reading file;
    (void)state;
    const sp_declared_build *build =
        reads(&file,
              "{\"variable\": {\"V\": {}, \"W\": {\"default\": \"v${V}\"}, \"N\": {\"type\": \"string\", \"default\": "
              "null}}, \"target\": {\"app\": {\"target\": \"x${V}\", \"args\": {\"A\": \"${V}\", \"B\": \"${W}\", "
              "\"C\": \"c\", \"D\": \"${N}\"}, \"platforms\": [\"${BAKE_LOCAL_PLATFORM}\"]}}}",
              "app", NULL);
    assert_false(build->arguments.items[0].known);
    assert_false(build->arguments.items[1].known);
    assert_true(build->arguments.items[2].known);
    assert_false(build->arguments.items[3].known);
    is(build->target, "x");
    assert_int_equal(build->platforms.count, 0);
    sp_arena_dispose(&file.arena);
}

static void sends_to_bake_for_more_than_variables(void **state)
{
    static const char rich[] = "target.a.args.X has an expression that only bake can evaluate; " HINT;
    (void)state;
    refuses("{\"target\": {\"a\": {\"args\": {\"X\": \"${upper(\\\"x\\\")}\"}}}}", "a", 0, rich);
    refuses("{\"target\": {\"a\": {\"args\": {\"X\": \"${target.b.context}\"}}}}", "a", 0, rich);
    refuses("{\"target\": {\"a\": {\"args\": {\"X\": \"%{if true}y%{endif}\"}}}}", "a", 0, rich);
    refuses("{\"target\": {\"a\": {\"matrix\": {\"x\": [\"y\"]}}}}", "a", 0,
            "target.a.matrix is something that only bake can evaluate; " HINT);
    refuses("{\"variable\": {\"L\": {\"default\": [1]}}, \"target\": {\"a\": {\"target\": \"${L}\"}}}", "a", 0,
            "variable.L is more than a text, which only bake can evaluate; " HINT);
    refuses("{\"target\": {\"a\": {\"platforms\": \"${L}\"}}}", "a", 0,
            "target.a.platforms must be a list of texts; where an expression gives it, " HINT);
    refuses("{\"target\": {\"a\": {\"args\": {\"${K}\": \"x\"}}}}", "a", 0,
            "target.a.args.${K} has an expression in its name; " HINT);
    refuses("target \"a\" {\n  context = \".\"\n}\n", "a", 0, "this bake file is not JSON; for one in HCL " HINT);
    refuses("{\"target\": [{\"a\": {}}, {\"a\": {}}]}", "a", 0, "target.a is there twice; to have them merged " HINT);
}

static void names_what_is_not_there(void **state)
{
    static const char text[] = "{\"group\": {\"all\": {\"targets\": [\"app\", \"lib\"]}}, \"target\": {\"app\": {}}}";
    (void)state;
    refuses(text, "", 0, "no target or group is called 'default'; name one of all, app");
    refuses(text, "aps", 0, "no target or group is called 'aps'; did you mean 'app'?");
    refuses(text, "website", 0, "no target or group is called 'website'; there are all, app");
    refuses(text, "all", 0, "group.all.targets names 'lib', which is not a target");
    refuses("{\"target\": {\"a\": {\"inherits\": [\"b\"]}}}", "a", 0,
            "target.a.inherits names 'b', which is not a target");
    refuses("{\"target\": {\"a\": {\"contexts\": {\"x\": \"target:b\"}}}}", "a", 0,
            "target.a.contexts.x names 'b', which is not a target");
    refuses("{\"variable\": {\"TAG\": {}}, \"target\": {\"a\": {\"args\": {\"X\": \"${TAGS}\"}}}}", "a", 0,
            "target.a.args.X uses 'TAGS', which is not a variable of this file; did you mean 'TAG'?");
    refuses("{\"target\": {\"a\": {\"dockerfle\": \"x\"}}}", "a", 0,
            "target.a.dockerfle is an unknown key; did you mean 'dockerfile'?");
    refuses("{\"targets\": {\"a\": {}}}", "a", 0, "unknown key 'targets'; did you mean 'target'?");
    refuses("{\"services\": {\"a\": {}}}", "a", 0, "this bake file has no target");
}

static void names_a_wrong_value(void **state)
{
    (void)state;
    refuses("{\"target\": 1}", "a", 0, "target must be an object");
    refuses("{\"target\": [1]}", "a", 0, "target must be a list of objects");
    refuses("{\"target\": {\"a\": \"x\"}}", "a", 0, "target.a must be an object");
    refuses("{\"target\": {\"\": {}}}", "a", 0, "target has a name that is empty");
    refuses("{\"target\": {\"a\": {\"context\": {}}}}", "a", 0, "target.a.context must be a text");
    refuses("{\"target\": {\"a\": {\"args\": [\"X=1\"]}}}", "a", 0, "target.a.args must be an object of texts");
    refuses("{\"target\": {\"a\": {\"args\": {\"X\": [1]}}}}", "a", 0, "target.a.args.X must be a text");
    refuses("{\"target\": {\"a\": {\"args\": {\"X\": 1.5}}}}", "a", 0,
            "target.a.args.X is a number with a fraction; put it in quotes");
    refuses("{\"target\": {\"a\": {\"args\": {\"X\": \"${X\"}}}}", "a", 0,
            "target.a.args.X has a '${' that is not closed; '$${' writes these two");
    refuses("{\"target\": {\"a\": {\"platforms\": \"linux/amd64\"}}}", "a", 0,
            "target.a.platforms must be a list of texts");
    refuses("{\"group\": {\"g\": {\"targets\": {}}}, \"target\": {\"a\": {}}}", "g", 0,
            "group.g.targets must be a list of texts");
}

static void a_value_of_the_wrong_kind_from_outside_is_refused(void **state)
{
    static const char *const environment[] = {"B", "maybe", "N", "1.5", NULL, NULL};
    static const char *const texts[] = {
        "{\"variable\": {\"B\": {\"default\": true}}, \"target\": {\"a\": {\"target\": \"${B}\"}}}",
        "{\"variable\": {\"N\": {\"default\": 1}}, \"target\": {\"a\": {\"target\": \"${N}\"}}}"};
    static const char *const messages[] = {"variable.B is set to something that is neither true nor false",
                                           "variable.N is set to something that is not a whole number"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        reading file;
        assert_int_equal(read_bytes(&file, sp_str_from(texts[i]), "a", environment), SP_E_CONFIG);
        assert_string_equal(file.error.message, messages[i]);
        sp_arena_dispose(&file.arena);
    }
}

static void circles_are_refused(void **state)
{
    (void)state;
    refuses("{\"target\": {\"a\": {\"inherits\": [\"b\"]}, \"b\": {\"inherits\": [\"a\"]}}}", "a", 0,
            "target.b.inherits names 'a', which inherits from this one");
    refuses("{\"target\": {\"a\": {\"inherits\": [\"a\"]}}}", "a", 0,
            "target.a.inherits names 'a', which inherits from this one");
    refuses("{\"group\": {\"g\": {\"targets\": [\"h\"]}, \"h\": {\"targets\": [\"g\"]}}, \"target\": {\"a\": {}}}", "g",
            0, "group.h.targets leads back to its own group");
    refuses(
        "{\"target\": {\"a\": {\"contexts\": {\"x\": \"target:b\"}}, \"b\": {\"contexts\": {\"y\": \"target:a\"}}}}",
        "a", 0, "target.b.contexts.y leads back to its own target");
    refuses("{\"target\": {\"a\": {\"contexts\": {\"x\": \"target:a\"}}}}", "a", 0,
            "target.a.contexts.x leads back to its own target");
    refuses("{\"variable\": {\"A\": {\"default\": \"${B}\"}, \"B\": {\"default\": \"${A}\"}}, \"target\": {\"a\": "
            "{\"target\": \"${A}\"}}}",
            "a", 0, "variable.A needs its own value");
}

static void what_is_not_json_has_its_line(void **state)
{
    (void)state;
    refuses("", "a", 0, "this bake file is empty");
    refuses(" \n", "a", 0, "this bake file is empty");
    refuses("[]", "a", 0, "this bake file is not JSON; for one in HCL " HINT);
    refuses("{\"target\":\n{\"a\": {\"context\": ", "a", 2, "the text ends too early");
    refuses("{\"target\":\n{\"a\": {},}}", "a", 2, "this is not JSON");
    refuses("{\"target\": {}} {}", "a", 1, "this is not JSON");
    refuses("{\"target\":\n\n{\"a\": {}, \"a\": {}}}", "a", 3, "a key is there twice");
    refuses("{\"x\": 123456789012345678901234567890}", "a", 1, "a number is too large");
    refuses("{\"x\": 1e999}", "a", 1, "a number is too large");
    refuses("{\"x\": \"\xFF\xFE\"}", "a", 1, "a text is not UTF-8");
    refuses("{\"x\": \"\\u0000\"}", "a", 1, "a text has a NUL");
    refuses("{\"\\u0000\": 1}", "a", 1, "a text has a NUL");
    refuses("{\"x\": \"\\uD800\"}", "a", 1, "this is not JSON");
    refuses("{\"x\": \"a\nb\"}", "a", 1, "this is not JSON");
    refuses_bytes((sp_str){"{\"x\": \0}", 8}, "a", 1, "the text ends too early");
}

/* "head", `part` `count` times, "tail". */
static sp_str repeated(const char *head, const char *part, size_t count, const char *tail)
{
    size_t size = strlen(head) + strlen(part) * count + strlen(tail);
    char *text = malloc(size + 1), *at = text;
    assert_non_null(text);
    at = stpcpy(at, head);
    for (size_t i = 0; i < count; i++)
        at = stpcpy(at, part);
    at = stpcpy(at, tail);
    return (sp_str){text, size};
}

static void refuses_repeated(const char *head, const char *part, size_t count, const char *tail, const char *message)
{
    sp_str text = repeated(head, part, count, tail);
    refuses_bytes(text, "a", 0, message);
    free((void *)(uintptr_t)text.text);
}

static void what_is_too_much_is_refused(void **state)
{
    (void)state;
    refuses_repeated("{\"x\": ", "[", 1000, "", "values nest too deeply");
    refuses_repeated("{\"x\": ", "{\"a\":", 200000, "", "this file has too many values");
    refuses_repeated("{\"x\": [{}", ",{}", SP_LIMIT_BAKE_VALUES, "]}", "this file has too many values");
    refuses_repeated("{\"x\": \"", "abcdefgh", 1 << 20, "\"}", "larger than 4194304 bytes");
    refuses_repeated("{\"target\": {\"a\": {\"inherits\": [\"b\"", ",\"b\"", 40000, "]}}}",
                     "target.a.inherits names 'b', which is not a target");
}

/* `count` blocks, each made with its number and the next. */
static sp_str chain(const char *head, const char *block, unsigned count, const char *tail)
{
    char *text = malloc(strlen(head) + strlen(tail) + (strlen(block) + 20) * count + 1), *at = stpcpy(text, head);
    assert_non_null(text);
    for (unsigned i = 0; i < count; i++) {
        at += snprintf(at, strlen(block) + 20, "%s\"%c%u\": ", i > 0 ? "," : "", 'v', i);
        for (const char *from = block; *from != '\0'; from++) {
            if (*from == '#')
                at += sprintf(at, "v%u", i + 1);
            else
                *at++ = *from;
        }
    }
    at = stpcpy(at, tail);
    return (sp_str){text, (size_t)(at - text)};
}

static void long_chains_and_doubling_are_refused(void **state)
{
    static const struct {
        const char *head, *block, *tail, *selected, *message;
        unsigned count;
    } cases[] = {
        {"{\"target\": {", "{\"inherits\":[\"#\"]}", "}}", "v0",
         "target.v50.inherits begins too long a chain of targets", 1000},
        {"{\"target\": {", "{\"contexts\":{\"x\":\"target:#\"}}", "}}", "v0",
         "target.v50.contexts begins too long a chain of targets", 1000},
        {"{\"target\": {\"a\": {}}, \"group\": {", "{\"targets\":[\"#\"]}", "}}", "v0",
         "group.v51.targets begins too long a chain of groups", 1000},
        {"{\"target\": {\"a\": {\"target\": \"${v0}\"}}, \"variable\": {", "{\"default\":\"${#}\"}", "}}", "a",
         "variable.v50 needs too long a chain of variables", 1000},
        {"{\"target\": {\"a\": {\"target\": \"${v0}\"}}, \"v30\": \"aaaaaaaa\", \"variable\": {",
         "{\"default\":\"${#}${#}\"}", "}}", "a", "variable.v10 becomes too large with its variables filled in", 30},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_str text = chain(cases[i].head, cases[i].block, cases[i].count, cases[i].tail);
        refuses_bytes(text, cases[i].selected, 0, cases[i].message);
        free((void *)(uintptr_t)text.text);
    }
}

static void what_many_inherit_is_counted_each_time(void **state)
{
    char *text = malloc(400000), *at = stpcpy(text, "{\"target\": {\"base\": {\"args\": {\"A\": \"\"");
    (void)state;
    assert_non_null(text);
    for (unsigned i = 0; i < 9000; i++)
        at += sprintf(at, ",\"A%u\": \"\"", i);
    at = stpcpy(at, "}}, \"a\": {\"inherits\": [\"t0\", \"t1\", \"t2\", \"t3\", \"t4\", \"t5\"]}");
    for (unsigned i = 0; i < 6; i++)
        at += sprintf(at, ",\"t%u\": {\"inherits\": [\"base\"]}", i);
    at = stpcpy(at, "}}");
    refuses_bytes((sp_str){text, (size_t)(at - text)}, "a", 0,
                  "target.a.inherits is too much: with what is inherited counted each time, too many entries");
    free(text);
}

/* An allocator that refuses after some calls. */
static void *refuse(void *payload, void *old, size_t old_size, size_t new_size)
{
    unsigned *left = payload;
    (void)old_size;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    return (*left)-- == 0 ? ((*left = 0), NULL) : realloc(old, new_size);
}

static void gives_everything_back_without_memory(void **state)
{
    sp_str text = chain("{\"target\": {", "{\"args\": {\"x\": \"a text\"}}", 500, "}}");
    (void)state;
    for (unsigned allowed = 0; allowed < 3; allowed++) {
        unsigned left = allowed;
        reading file = {.input = {.path = SP_STR("x"), .text = text, .selected = SP_STR("v0")}};
        sp_arena_init(&file.arena, (sp_alloc){refuse, &left});
        assert_int_equal(sp_guard(&file.arena, read_guarded, &file), SP_E_MEMORY);
        sp_arena_dispose(&file.arena);
    }
    free((void *)(uintptr_t)text.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_key_of_a_build),
        cmocka_unit_test(says_what_bake_says_where_nobody_did),
        cmocka_unit_test(inherits_in_order_and_keeps_what_is_its_own),
        cmocka_unit_test(a_group_selects_its_targets_each_once),
        cmocka_unit_test(targets_that_contexts_use_are_linked),
        cmocka_unit_test(fills_variables_in),
        cmocka_unit_test(a_variable_that_nobody_gave_is_not_known),
        cmocka_unit_test(sends_to_bake_for_more_than_variables),
        cmocka_unit_test(names_what_is_not_there),
        cmocka_unit_test(names_a_wrong_value),
        cmocka_unit_test(a_value_of_the_wrong_kind_from_outside_is_refused),
        cmocka_unit_test(circles_are_refused),
        cmocka_unit_test(what_is_not_json_has_its_line),
        cmocka_unit_test(what_is_too_much_is_refused),
        cmocka_unit_test(long_chains_and_doubling_are_refused),
        cmocka_unit_test(what_many_inherit_is_counted_each_time),
        cmocka_unit_test(gives_everything_back_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
