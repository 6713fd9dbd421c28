/* Hostile compose files: an answer or an error within a second and 64 MB, on both sides of every limit. */
#include "unit/config/compose.h"

#include <time.h>

enum { MEMORY = 67108864, ROOM = 4194304 };

#if defined(__SANITIZE_ADDRESS__)
enum { SECONDS = 20 };
#else
enum { SECONDS = 1 };
#endif

/* A text that is put together. */
static struct {
    char bytes[ROOM];
    size_t size;
} made;

static void begin(const char *text)
{
    made.size = 0;
    strcpy(made.bytes, text);
    made.size = strlen(text);
}

static void add(const char *text)
{
    size_t size = strlen(text);
    assert_true(made.size + size < ROOM);
    memcpy(made.bytes + made.size, text, size + 1);
    made.size += size;
}

static void repeat(const char *text, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        add(text);
}

/* The numbers from 0 on, each between two texts. */
static void count_up(const char *before, const char *after, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", i);
        add(before);
        add(number);
        add(after);
    }
}

/* Reads what was made: `message` is in the error, or NULL when it is read. Gives the number of builds. */
static uint32_t ends_with(project read, const char *message)
{
    if (read.texts[0] == NULL)
        read.text = (sp_str){made.bytes, made.size};
    clock_t before = clock();
    sp_status status = project_read(&read);
    clock_t after = clock();
    if (status != (message != NULL ? SP_E_CONFIG : SP_OK))
        fail_msg("status %d: %s", status, read.error.message);
    if (message != NULL && strstr(read.error.message, message) == NULL)
        fail_msg("'%s' is not in '%s'", message, read.error.message);
    if (after - before >= SECONDS * CLOCKS_PER_SEC)
        fail_msg("%g s", (double)(after - before) / CLOCKS_PER_SEC);
    if (read.arena.used >= MEMORY)
        fail_msg("%zu bytes", read.arena.used);
    uint32_t builds = read.out.builds.count;
    project_dispose(&read);
    return builds;
}

static uint32_t is_read(void)
{
    return ends_with((project){.variables = NULL}, NULL);
}

static void is_refused(const char *message)
{
    ends_with((project){.variables = NULL}, message);
}

static void a_billion_laughs_cost_nothing(void **state)
{
    (void)state;
    begin("x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (unsigned i = 1; i < 30; i++) {
        char line[160];
        snprintf(line, sizeof line, "x-%u: &a%u [*a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u, *a%u]\n", i, i, i - 1, i - 1,
                 i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
        add(line);
    }
    add("services: {a: {build: ., x-bomb: *a29}}\n");
    assert_int_equal(is_read(), 1);
}

static void a_bomb_where_a_text_belongs_is_refused(void **state)
{
    (void)state;
    begin("x-0: &a0 {A: b}\n");
    add("x-1: &b0 [*a0, *a0]\n");
    add("services: {a: {build: {args: {A: *b0}}}}\n");
    is_refused("a value here must be");
}

static void aliases_of_one_long_list_are_paid_for(void **state)
{
    (void)state;
    begin("x-args: &args {");
    count_up("A", ": x, ", 5000);
    add("}\nservices:\n");
    count_up("  s", ": {build: {args: *args}}\n", 10);
    assert_int_equal(is_read(), 10);
    count_up("  t", ": {build: {args: *args}}\n", 9000);
    is_refused("too many keys and list items");
}

static void a_shared_service_is_paid_for(void **state)
{
    (void)state;
    begin("x-s: &s {");
    count_up("x-", ": y, ", 20000);
    add("build: .}\nservices:\n");
    count_up("  s", ": *s\n", 4);
    assert_int_equal(is_read(), 4);
    count_up("  t", ": *s\n", 9000);
    is_refused("too many keys and list items");
}

static void merge_keys_of_merge_keys_are_paid_for(void **state)
{
    (void)state;
    begin("x-0: &m0 {");
    count_up("k", ": v, ", 900);
    add("}\n");
    count_up("x-m", ": {<<: *m0}\n", 100);
    add("services: {a: {build: .}}\n");
    assert_int_equal(is_read(), 1);
    count_up("x-n", ": {<<: [*m0, *m0, *m0, *m0]}\n", 2000);
    is_refused("keys come by '<<'");
}

static void a_chain_of_merge_keys_is_read(void **state)
{
    (void)state;
    begin("x-0: &m0 {target: t}\n");
    for (unsigned i = 1; i < 400; i++) {
        char line[80];
        snprintf(line, sizeof line, "x-%u: &m%u {<<: *m%u, x-%u: y}\n", i, i, i - 1, i);
        add(line);
    }
    add("services: {a: {build: {<<: *m399}}}\n");
    assert_int_equal(is_read(), 1);
}

static void a_circular_merge_key_is_refused(void **state)
{
    (void)state;
    begin("services: {a: &a {build: ., <<: *a}}\n");
    is_refused("no anchor '&a' ends before this alias");
}

static void anchors_are_counted(void **state)
{
    (void)state;
    begin("services: {a: {build: .}}\n");
    add("x-a: [");
    count_up("&a", " x,", SP_LIMIT_YAML_ANCHORS);
    add("]\n");
    assert_int_equal(is_read(), 1);
    add("x-more: &more x\n");
    is_refused("anchors");
}

static void values_are_counted(void **state)
{
    (void)state;
    begin("services: {a: {build: .}}\nx-a: [");
    repeat("a,", SP_LIMIT_YAML_VALUES - 9);
    add("]\n");
    assert_int_equal(is_read(), 1);
    begin("services: {a: {build: .}}\nx-a: [");
    repeat("a,", SP_LIMIT_YAML_VALUES - 8);
    add("]\n");
    is_refused("values");
}

static void bytes_are_counted(void **state)
{
    (void)state;
    begin("services: {a: {build: .}}\n#");
    repeat("x", SP_LIMIT_YAML_BYTES - (unsigned)made.size);
    assert_int_equal(is_read(), 1);
    add("x");
    is_refused("larger than");
}

static void levels_are_counted(void **state)
{
    (void)state;
    begin("services: {a: {build: .}}\nx-a: ");
    repeat("[", SP_LIMIT_YAML_DEPTH - 1);
    repeat("]", SP_LIMIT_YAML_DEPTH - 1);
    assert_int_equal(is_read(), 1);
    begin("services: {a: {build: .}}\nx-a: ");
    repeat("[", SP_LIMIT_YAML_DEPTH);
    repeat("]", SP_LIMIT_YAML_DEPTH);
    is_refused("nest too deeply");
    begin("services: {a: {build: .}}\nx-a: ");
    repeat("{a: ", 100000);
    is_refused("nest too deeply");
}

static void services_are_counted(void **state)
{
    (void)state;
    begin("services:\n");
    count_up("  s", ": {build: .}\n", SP_LIMIT_COMPOSE_SERVICES);
    assert_int_equal(is_read(), SP_LIMIT_COMPOSE_SERVICES);
    add("  more: {}\n");
    is_refused("too many services");
}

static void a_huge_text_is_read(void **state)
{
    (void)state;
    begin("services: {a: {build: {dockerfile_inline: \"");
    repeat("RUN x\\n", 140000);
    add("\"}}}\n");
    assert_int_equal(is_read(), 1);
}

static void what_a_text_is_filled_with_is_counted(void **state)
{
    static char large[1048577];
    static const char *const variables[] = {"BIG", large, NULL};
    (void)state;
    memset(large, 'x', 1048576);
    begin("services: {a: {build: {context: \"");
    repeat("$BIG", 8);
    add("\"}}}\n");
    assert_int_equal(ends_with((project){.variables = variables}, NULL), 1);
    begin("services: {a: {build: {context: \"");
    repeat("$BIG", 9);
    add("\"}}}\n");
    ends_with((project){.variables = variables}, "larger than");
    begin("services: {a: {build: {context: \"");
    repeat("$BIG", 200000);
    add("\"}}}\n");
    ends_with((project){.variables = variables}, "larger than");
}

static void nest_defaults(unsigned depth)
{
    begin("services: {a: {build: {context: '");
    repeat("${N:-", depth);
    repeat("}", depth);
    add("'}}}\n");
}

static void defaults_in_defaults_are_counted(void **state)
{
    (void)state;
    nest_defaults(SP_LIMIT_EXPANSION_DEPTH + 1);
    assert_int_equal(is_read(), 1);
    nest_defaults(SP_LIMIT_EXPANSION_DEPTH + 2);
    is_refused("nest too deeply");
    nest_defaults(150000);
    is_refused("nest too deeply");
}

static void many_variables_on_a_line_are_linear(void **state)
{
    (void)state;
    begin("services: {a: {build: {context: '");
    repeat("${A:-x}", 70000);
    repeat("y", 500000);
    add("'}}}\n");
    assert_int_equal(is_read(), 1);
}

static void braces_that_do_not_close_are_linear(void **state)
{
    (void)state;
    begin("services: {a: {build: {context: '");
    repeat("${A:-{}", 140000);
    add("'}}}\n");
    is_refused("nest too deeply");
}

static void unset_variables_are_remarked_up_to_a_limit(void **state)
{
    (void)state;
    begin("services: {a: {build: {args: [");
    count_up("'A=$B", "',", 50000);
    add("]}}}\n");
    assert_int_equal(is_read(), 1);
}

static void chain_services(unsigned count)
{
    begin("services:\n  s0: {build: .}\n");
    for (unsigned i = 1; i < count; i++) {
        char line[80];
        snprintf(line, sizeof line, "  s%u: {extends: s%u}\n", i, i - 1);
        add(line);
    }
}

/* From the front, every service extends one that is resolved; from behind, none is. */
static void services_that_extend_each_other_are_counted(void **state)
{
    (void)state;
    chain_services(5000);
    assert_int_equal(is_read(), 5000);
    begin("services:\n");
    for (unsigned i = 0; i <= SP_LIMIT_COMPOSE_DEPTH; i++) {
        char line[80];
        snprintf(line, sizeof line, "  t%u: {extends: t%u}\n", i, i + 1);
        add(line);
    }
    add("  t51: {build: .}\n");
    assert_int_equal(is_read(), SP_LIMIT_COMPOSE_DEPTH + 2);
    begin("services:\n");
    for (unsigned i = 0; i < 5000; i++) {
        char line[80];
        snprintf(line, sizeof line, "  t%u: {extends: t%u}\n", i, i + 1);
        add(line);
    }
    is_refused("too deeply");
}

static void extending_a_long_list_is_paid_for(void **state)
{
    (void)state;
    begin("services:\n  base: {build: {args: [");
    count_up("'A", "=x',", 5000);
    add("]}}\n");
    count_up("  s", ": {extends: base, build: {args: [B=x]}}\n", 9000);
    is_refused("too many keys and list items");
}

static bool open_same(void *payload, sp_str path, sp_str *text)
{
    (void)payload;
    (void)path;
    *text = SP_STR("services: {b: {}}");
    return true;
}

static sp_status read_many(void *payload)
{
    project *read = payload;
    sp_compose_file file = {SP_STR("compose.yaml"), read->text};
    sp_compose_input input = {&file, 1, NULL, open_same, NULL};
    return sp_compose_read(&read->arena, &input, &read->out, &read->error);
}

static void files_are_counted(void **state)
{
    (void)state;
    for (unsigned more = 0; more < 2; more++) {
        begin("services:\n");
        for (unsigned i = 0; i < SP_LIMIT_COMPOSE_FILES + more; i++) {
            char line[80];
            snprintf(line, sizeof line, "  s%u: {extends: {service: b, file: f%u.yaml}}\n", i, i);
            add(line);
        }
        project read = {.text = {made.bytes, made.size}};
        SP_INIT(read.error);
        sp_arena_init(&read.arena, sp_alloc_default());
        assert_int_equal(sp_guard(&read.arena, read_many, &read), more ? SP_E_CONFIG : SP_OK);
        project_dispose(&read);
    }
}

static void includes_that_double_end(void **state)
{
    static char names[60][16], texts[60][64];
    static const char *others[121];
    (void)state;
    for (unsigned i = 0; i < 60; i++) {
        snprintf(names[i], sizeof names[i], "f%u.yaml", i);
        snprintf(texts[i], sizeof texts[i], "include: [f%u.yaml, f%u.yaml]", i + 1, i + 1);
        others[2 * i] = names[i];
        others[2 * i + 1] = texts[i];
    }
    strcpy(texts[20], "services: {a: {build: .}}");
    ends_with((project){.texts = {"include: [f0.yaml]"}, .others = others}, "too many others");
    strcpy(texts[20], "include: [f21.yaml, f21.yaml]");
    ends_with((project){.texts = {"include: [f0.yaml]"}, .others = others}, "too deeply");
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    begin("services: {a: {build: \"\xFF\xFE\"}}\n");
    is_refused("not UTF-8");
    begin("services: {a: {build: \"a\\0b\"}}\n");
    is_refused("NUL");
    begin("services: {a: {build: x");
    made.bytes[made.size++] = '\0';
    add("}}\n");
    is_refused("");
    begin("\xFE\xFF");
    made.bytes[made.size++] = '\0';
    add("s");
    is_refused("");
}

static void broken_yaml_is_refused(void **state)
{
    static const char *const cases[][2] = {
        {"services:\n\ta: x\n", "a tab indents"},
        {"services: {a: {build: ., build: .}}\n", "second time"},
        {"services: {a: .\n", "not YAML"},
        {"services: {a: {build: *no}}\n", "no anchor '&no'"},
        {"services: {? [a] : b}\n", "a key must be"},
        {"services: {a: {build: &a *a}}\n", "not YAML"},
        {"%YAML 9.9\n---\nservices:\n", "not YAML"},
        {"services: {a: {build: \"x}}\n", "not YAML"},
        {"services: {a: {build: !!str x}, a: x}\n", "second time"},
        {"--- >\n", "a compose file must be"},
        {"services: {<<: {a: {build: .}}, <<: {b: {build: .}}}\n", "second time"},
        {"services: {a: {extends: {file: x}}}\n", "extends must be"},
        {"services: {a: {extends: {service: [x]}}}\n", "extends must be"},
        {"services: {'': {build: .}}\n", "the name of a service"},
        {"include: [{path: {x: y}}]\n", "must be a text"},
        {"include: [{}]\n", "an include must be"},
        {"services: 5\n", "services must be"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i][0]);
        is_refused(cases[i][1]);
    }
}

static void a_name_of_any_length_is_told_briefly(void **state)
{
    (void)state;
    begin("services: {a: {extends: '");
    repeat("x", 900000);
    add("'}}\n");
    is_refused("there is no service");
    begin("services: {a: {build: '${");
    repeat("x", 900000);
    add(":?y}'}}\n");
    is_refused("is required");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_billion_laughs_cost_nothing),
        cmocka_unit_test(a_bomb_where_a_text_belongs_is_refused),
        cmocka_unit_test(aliases_of_one_long_list_are_paid_for),
        cmocka_unit_test(a_shared_service_is_paid_for),
        cmocka_unit_test(merge_keys_of_merge_keys_are_paid_for),
        cmocka_unit_test(a_chain_of_merge_keys_is_read),
        cmocka_unit_test(a_circular_merge_key_is_refused),
        cmocka_unit_test(anchors_are_counted),
        cmocka_unit_test(values_are_counted),
        cmocka_unit_test(bytes_are_counted),
        cmocka_unit_test(levels_are_counted),
        cmocka_unit_test(services_are_counted),
        cmocka_unit_test(a_huge_text_is_read),
        cmocka_unit_test(what_a_text_is_filled_with_is_counted),
        cmocka_unit_test(defaults_in_defaults_are_counted),
        cmocka_unit_test(many_variables_on_a_line_are_linear),
        cmocka_unit_test(braces_that_do_not_close_are_linear),
        cmocka_unit_test(unset_variables_are_remarked_up_to_a_limit),
        cmocka_unit_test(services_that_extend_each_other_are_counted),
        cmocka_unit_test(extending_a_long_list_is_paid_for),
        cmocka_unit_test(files_are_counted),
        cmocka_unit_test(includes_that_double_end),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(broken_yaml_is_refused),
        cmocka_unit_test(a_name_of_any_length_is_told_briefly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
