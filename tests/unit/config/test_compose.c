/* Compose files: what of their services is a build, and what variables, files and marks make of it. */
#include "unit/config/compose.h"

static const char *const variables[] = {"TAG", "1.2", "EMPTY", "", "HOME", "/home/me", NULL};

static void show_pairs(sp_arena *arena, sp_str *out, const char *title, const sp_declared_pairs *pairs)
{
    for (uint32_t i = 0; i < pairs->count; i++) {
        const sp_declared_pair *pair = &pairs->items[i];
        *out = sp_arena_print(arena, "%.*s %s%.*s=%.*s%s", SP_STR_ARG(*out), title, SP_STR_ARG(pair->name),
                              SP_STR_ARG(pair->value), pair->known ? "" : "?");
    }
}

/* One line a build: name context dockerfile [target] +argument=value @context=value %platform <inline */
static sp_str show(project *read)
{
    sp_str out = SP_STR("");
    for (uint32_t i = 0; i < read->out.builds.count; i++) {
        const sp_declared_build *build = &read->out.builds.items[i];
        out = sp_arena_print(&read->arena, "%.*s%s%.*s %.*s %.*s", SP_STR_ARG(out), i > 0 ? "\n" : "",
                             SP_STR_ARG(build->name), SP_STR_ARG(build->context), SP_STR_ARG(build->dockerfile));
        if (build->target.size > 0)
            out = sp_arena_print(&read->arena, "%.*s [%.*s]", SP_STR_ARG(out), SP_STR_ARG(build->target));
        show_pairs(&read->arena, &out, "+", &build->arguments);
        show_pairs(&read->arena, &out, "@", &build->contexts);
        for (uint32_t j = 0; j < build->platforms.count; j++)
            out = sp_arena_print(&read->arena, "%.*s %%%.*s", SP_STR_ARG(out), SP_STR_ARG(build->platforms.items[j]));
        if (build->inline_text != NULL)
            out = sp_arena_print(&read->arena, "%.*s <%.*s", SP_STR_ARG(out), SP_STR_ARG(*build->inline_text));
    }
    return out;
}

static void reads_project(project read, const char *expected)
{
    if (read.variables == NULL)
        read.variables = variables;
    if (project_read(&read) != SP_OK)
        fail_msg("%s:%u: %s", read.error.path, read.error.line, read.error.message);
    assert_string_equal(sp_arena_copy(&read.arena, show(&read)).text, expected);
    project_dispose(&read);
}

static void reads(const char *text, const char *expected)
{
    reads_project((project){.texts = {text}}, expected);
}

static void reads_service(const char *build, const char *expected)
{
    char text[2048];
    snprintf(text, sizeof text, "services:\n  a:\n    build: %s\n", build);
    reads(text, expected);
}

static void refuses_project(project read, const char *path, unsigned line, unsigned column, const char *message)
{
    assert_int_equal(project_read(&read), SP_E_CONFIG);
    if (strstr(read.error.message, message) == NULL)
        fail_msg("'%s' is not in '%s'", message, read.error.message);
    assert_string_equal(read.error.path, path);
    assert_int_equal(read.error.line, line);
    assert_int_equal(read.error.column, column);
    project_dispose(&read);
}

static void refuses(const char *text, unsigned line, unsigned column, const char *message)
{
    refuses_project((project){.texts = {text}}, "compose.yaml", line, column, message);
}

static void refuses_service(const char *build, const char *message)
{
    char text[2048];
    snprintf(text, sizeof text, "services: {a: {build: %s}}\n", build);
    project read = {.texts = {text}};
    assert_int_equal(project_read(&read), SP_E_CONFIG);
    if (strstr(read.error.message, message) == NULL)
        fail_msg("'%s' is not in '%s'", message, read.error.message);
    assert_int_equal(read.error.line, 1);
    project_dispose(&read);
}

static void a_short_build_is_a_context(void **state)
{
    (void)state;
    reads_service("./dir", "a ./dir Dockerfile");
    reads_service("https://example.org/x.git#main:sub", "a https://example.org/x.git#main:sub Dockerfile");
    reads_service("~/dir", "a /home/me/dir Dockerfile");
}

static void a_long_build_has_every_part(void **state)
{
    (void)state;
    reads_service("{context: dir, dockerfile: D, target: t, args: {A: x}, additional_contexts: {n: ./o}, "
                  "platforms: [linux/amd64, linux/arm64]}",
                  "a dir D [t] +A=x @n=./o %linux/amd64 %linux/arm64");
}

static void a_build_without_a_context_has_the_folder(void **state)
{
    (void)state;
    reads_service("{target: t}", "a . Dockerfile [t]");
}

static void a_dockerfile_may_stand_in_the_file(void **state)
{
    (void)state;
    reads("services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM x:$TAG\n",
          "a . Dockerfile <FROM x:1.2\n");
}

static void services_without_a_build_and_other_keys_are_passed_over(void **state)
{
    (void)state;
    reads("x-own: [1]\nname: n\nnetworks: {x: }\nservices:\n  a: {image: i}\n  b: {build: ., profiles: [p]}\n  c:\n"
          "volumes:\n",
          "b . Dockerfile");
}

static void arguments_come_as_a_mapping_or_a_list(void **state)
{
    (void)state;
    reads_service("{args: {A: x, B: 1, C: true, D: \"1.50\", E: ''}}", "a . Dockerfile +A=x +B=1 +C=true +D=1.50 +E=");
    reads_service("{args: [A=x, B=, C=a=b]}", "a . Dockerfile +A=x +B= +C=a=b");
}

static void of_two_arguments_of_a_name_the_later_counts(void **state)
{
    (void)state;
    reads_service("{args: [A=1, B=2, A=3]}", "a . Dockerfile +A=3 +B=2");
}

static void an_argument_without_a_value_is_the_variable(void **state)
{
    (void)state;
    reads_service("{args: [TAG, NOT]}", "a . Dockerfile +TAG=1.2 +NOT=?");
    reads_service("{args: {TAG: , NOT: }}", "a . Dockerfile +TAG=1.2 +NOT=?");
}

static void a_plain_number_is_written_as_compose_writes_it(void **state)
{
    static const char *const cases[][2] = {
        {"3.10", "3.1"},
        {"010", "8"},
        {"0x1F", "31"},
        {"1_000", "1000"},
        {"1e3", "1000"},
        {"1e6", "1e+06"},
        {"0.00001", "1e-05"},
        {".5", "0.5"},
        {"-0", "-0"},
        {"True", "true"},
        {"yes", "yes"},
        {"1.2.3", "1.2.3"},
        {"08", "8"},
        {"1234567.5", "1.2345675e+06"},
        {".inf", "+Inf"},
        {"+5", "5"},
        {"0b11", "3"},
        {"0o17", "15"},
        {"-0x1f", "-31"},
        {"1:30", "1:30"},
        {"5.", "5"},
        {"00", "0"},
        {"18446744073709551615", "18446744073709551615"},
        {"0.0001", "0.0001"},
        {"999999.5", "999999.5"},
        {"!!str 1.50", "1.50"},
        {"!own 1.50", "1.50"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char build[128], expected[128];
        snprintf(build, sizeof build, "{args: {A: %s}}", cases[i][0]);
        snprintf(expected, sizeof expected, "a . Dockerfile +A=%s", cases[i][1]);
        reads_service(build, expected);
    }
}

static void a_number_or_date_that_compose_would_change_is_not_known(void **state)
{
    (void)state;
    reads_service("{args: {A: 1234567890.1234567, B: 2024-01-31, C: 18446744073709551616, D: 1e400}}",
                  "a . Dockerfile +A=? +B=? +C=? +D=?");
}

static void variables_are_filled_in(void **state)
{
    (void)state;
    reads_service("{context: './$TAG', dockerfile: '${NOT:-D}', target: '${TAG:+t}$$x'}", "a ./1.2 D [t$x]");
}

static void an_unset_variable_is_blank_and_makes_an_argument_unknown(void **state)
{
    (void)state;
    reads_service("{context: 'x$NOT', args: {A: 'v${NOT}', B: '${NOT-d}', C: '${EMPTY}'}}",
                  "a x Dockerfile +A=v? +B=d +C=");
}

static void an_unset_variable_is_remarked_once(void **state)
{
    project read = {
        .texts = {"services:\n  a:\n    build:\n      context: $NOT\n      args: {A: $NOT, B: $TAG, C: }\n"},
        .variables = variables};
    (void)state;
    assert_int_equal(project_read(&read), SP_OK);
    assert_int_equal(read.out.remarks.count, 2);
    const sp_declared_remark *first = &read.out.remarks.items[0], *second = &read.out.remarks.items[1];
    assert_int_equal(first->line, 4);
    assert_int_equal(first->column, 16);
    assert_non_null(strstr(sp_arena_copy(&read.arena, first->text).text, "'NOT' is not set"));
    assert_non_null(strstr(sp_arena_copy(&read.arena, second->text).text, "'C' is not set"));
    assert_int_equal(second->line, 5);
    project_dispose(&read);
}

static void a_required_variable_refuses_the_file(void **state)
{
    (void)state;
    refuses("services:\n  a:\n    build:\n      target: ${NOT:?say which}\n", 4, 15,
            "'NOT' is required and not set: say which");
    refuses("services: {a: {build: '${'}}", 1, 23, "$$");
}

static void a_build_knows_its_place(void **state)
{
    project read = {.texts = {"services:\n  a: {image: x}\n  b:\n    build: .\n"}};
    (void)state;
    assert_int_equal(project_read(&read), SP_OK);
    assert_int_equal(read.out.builds.items[0].line, 3);
    assert_int_equal(read.out.builds.items[0].column, 3);
    assert_string_equal(read.out.builds.items[0].path.text, "compose.yaml");
    project_dispose(&read);
}

static void the_platform_of_the_service_counts_without_those_of_the_build(void **state)
{
    (void)state;
    reads("services: {a: {build: ., platform: linux/arm64}}", "a . Dockerfile %linux/arm64");
    reads("services: {a: {build: {platforms: [linux/arm64, x]}, platform: x}}", "a . Dockerfile %linux/arm64 %x");
    refuses("services: {a: {build: {platforms: [linux/arm64]}, platform: x}}", 1, 61, "not among the platforms");
}

static void a_merge_key_brings_what_is_not_said(void **state)
{
    (void)state;
    reads("x-b: &b {context: c, target: t, args: &args {A: 1, B: 2}}\n"
          "services:\n  a: {build: {<<: *b, target: own}}\n  b: {build: {args: {<<: [{B: x}, *args], A: y}}}\n",
          "a c Dockerfile [own] +A=1 +B=2\nb . Dockerfile +A=y +B=x");
    refuses("services: {a: {build: {<<: text}}}", 1, 28, "'<<' must be");
    reads("services: {a: {build: {args: {\"<<\": x}}}}", "a . Dockerfile +<<=x");
}

static void a_later_file_goes_on_top(void **state)
{
    (void)state;
    reads_project(
        (project){.texts = {"services: {a: {build: {context: c, target: t, args: {A: 1, B: 2}, platforms: [x]}}}",
                            "services: {a: {build: {target: u, args: [B=3, C=4], platforms: [y]}}, b: {build: d}}"}},
        "a c Dockerfile [u] +A=1 +B=3 +C=4 %x %y\nb d Dockerfile");
    reads_project((project){.texts = {"services: {a: {build: c}}", "services: {a: {build: {target: u}}}",
                                      "services: {a: {image: x}}"}},
                  "a c Dockerfile [u]");
}

static void a_later_document_goes_on_top(void **state)
{
    (void)state;
    reads("services: {a: {build: c}}\n---\nservices: {a: {build: {target: u}}}\n", "a c Dockerfile [u]");
}

static void a_mark_takes_away_what_earlier_files_say(void **state)
{
    const char *base = "services: {a: {build: {context: c, target: t, args: {A: 1, B: 2}}}, b: {build: d}}";
    (void)state;
    reads_project((project){.texts = {base, "services: {a: {build: !reset null}}"}}, "b d Dockerfile");
    reads_project((project){.texts = {base, "services: {a: {build: !override {target: u}}}"}},
                  "a . Dockerfile [u]\nb d Dockerfile");
    reads_project((project){.texts = {base, "services: {a: {build: {args: !override {C: 3}, target: !reset null}}}"}},
                  "a c Dockerfile +C=3\nb d Dockerfile");
    reads_project((project){.texts = {base, "services: {a: {build: {args: {A: !reset null}}}, b: !reset null}"}},
                  "a c Dockerfile [t] +B=2");
    reads_project((project){.texts = {base, "services: !override {c: {build: e}}"}}, "c e Dockerfile");
}

static void a_reset_key_shows_what_is_merged_below_it(void **state)
{
    (void)state;
    reads_project((project){.texts = {"services: {a: {build: {args: {A: 1}}}}",
                                      "x-b: &b {args: {B: 2}}\nservices: {a: {build: {<<: *b, args: !reset null}}}"}},
                  "a . Dockerfile +B=2");
}

static void a_service_extends_another(void **state)
{
    (void)state;
    reads("services:\n  a: {extends: b, build: {args: {A: 2}}}\n  b: {extends: {service: c}, build: {target: t}}\n"
          "  c: {build: {context: c, args: {A: 1, B: 1}}, platform: p}\n",
          "a c Dockerfile [t] +A=2 +B=1 %p\nb c Dockerfile [t] +A=1 +B=1 %p\nc c Dockerfile +A=1 +B=1 %p");
    refuses("services:\n  a:\n    extends: b\n", 3, 14, "there is no service 'b' to extend in compose.yaml");
    refuses("services: {a: {extends: [b]}}", 1, 25, "extends must be");
}

static void a_service_that_extends_itself_is_refused(void **state)
{
    (void)state;
    refuses("services:\n  a: {extends: b}\n  b: {extends: a}\n", 3, 16, "extends itself");
    refuses("services: {a: {extends: a}}", 1, 25, "extends itself");
}

static void a_service_extends_one_of_another_file(void **state)
{
    static const char *const others[] = {"sub/base.yaml",
                                         "services: {b: {extends: {service: c, file: ../c.yaml}, "
                                         "build: {additional_contexts: {n: ./n}}}}",
                                         "c.yaml", "services: {c: {build: {context: ./c, target: $TAG}}}", NULL};
    (void)state;
    reads_project((project){.texts = {"services: {a: {extends: {service: b, file: sub/base.yaml}}}"}, .others = others},
                  "a c Dockerfile [1.2] @n=sub/n");
}

static void a_file_that_cannot_be_had_is_refused(void **state)
{
    static const char *const others[] = {NULL};
    const char *text = "services:\n  a:\n    extends: {service: b, file: no.yaml}\n";
    (void)state;
    refuses_project((project){.texts = {text}, .others = others}, "compose.yaml", 3, 14, "cannot read 'no.yaml'");
    refuses_project((project){.texts = {text}}, "compose.yaml", 3, 14, "docker compose config");
    refuses_project((project){.texts = {"include: [no.yaml]"}}, "compose.yaml", 1, 11, "docker compose config");
    refuses_project((project){.texts = {"include: ['https://example.org/x.git']"}, .others = others}, "compose.yaml", 1,
                    11, "docker compose config");
}

static void files_that_extend_each_other_are_refused(void **state)
{
    static const char *const others[] = {"x.yaml", "services: {b: {extends: {service: c, file: y.yaml}}}", "y.yaml",
                                         "services: {c: {extends: {service: b, file: x.yaml}}}", NULL};
    (void)state;
    refuses_project((project){.texts = {"services: {a: {extends: {service: b, file: x.yaml}}}"}, .others = others},
                    "y.yaml", 1, 25, "extends itself");
}

static void an_included_file_lies_below(void **state)
{
    static const char *const others[] = {"sub/compose.yaml",
                                         "services: {a: {build: {context: ./a, target: '$ONLY$TAG'}}, b: {build: {}}}",
                                         "sub/.env", "ONLY=o\nTAG=other\n", NULL};
    (void)state;
    reads_project(
        (project){.texts = {"include: [sub/compose.yaml]\nservices: {a: {build: {args: {A: 1}}}}"}, .others = others},
        "a sub/a Dockerfile [o1.2] +A=1\nb sub Dockerfile");
    reads_project(
        (project){.texts = {"include: [{path: [sub/compose.yaml], project_directory: p, env_file: sub/.env}]"},
                  .others = others},
        "a p/a Dockerfile [o1.2]\nb p Dockerfile");
}

static void a_file_that_includes_itself_is_refused(void **state)
{
    static const char *const others[] = {"x.yaml", "include: [y.yaml]", "y.yaml", "include: [x.yaml]", NULL};
    (void)state;
    refuses_project((project){.texts = {"include: [x.yaml]"}, .others = others}, "y.yaml", 1, 11, "includes itself");
}

static void the_image_of_a_service_is_a_named_context(void **state)
{
    (void)state;
    reads("services: {a: {build: {additional_contexts: {n: 'service:b'}}}, b: {build: .}}",
          "a . Dockerfile @n=service:b\nb . Dockerfile");
    refuses("services: {a: {build: {additional_contexts: {n: 'service:b'}}}}", 1, 46, "which does not exist");
    refuses("services: {a: {build: {additional_contexts: {n: 'service:b'}}}, b: {image: x}}", 1, 46, "has no build");
}

static void values_of_other_kinds_are_refused(void **state)
{
    (void)state;
    refuses_service("[x]", "build must be");
    refuses_service("5", "must be a text");
    refuses_service("{context: [x]}", "the context of a build must be a text");
    refuses_service("{dockerfile: {x: y}}", "must be a text");
    refuses_service("{dockerfile_inline: 1}", "must be a text");
    refuses_service("{target: 1.5}", "must be a text");
    refuses_service("{target: true}", "must be a text");
    refuses_service("{args: x}", "args must be");
    refuses_service("{args: {A: [x]}}", "a value here must be");
    refuses_service("{args: [{A: x}]}", "an item here must be a text");
    refuses_service("{args: ['A =x']}", "ends with a space");
    refuses_service("{additional_contexts: [x]}", "name=folder");
    refuses_service("{platforms: x}", "platforms must be a list");
    refuses_service("{platforms: {x: y}}", "platforms must be a list");
    refuses_service("{dockerfile: D, dockerfile_inline: FROM x}", "not both");
    refuses_service("{dockerfil: D}", "did you mean 'dockerfile'?");
}

static void files_of_other_kinds_are_refused(void **state)
{
    (void)state;
    refuses("", 0, 0, "empty");
    refuses("# nothing\n", 0, 0, "empty");
    refuses("- a\n", 1, 1, "a compose file must be");
    refuses("services: [a]\n", 1, 11, "services must be");
    refuses("services: {a: [b]}\n", 1, 15, "a service must be");
    refuses("services: {a/b: {build: .}}\n", 1, 12, "the name of a service");
    refuses("web:\n  build: .\n", 1, 1, "no key 'web'");
    refuses("include: x\n", 1, 10, "include must be a list");
    refuses("include: [[]]\n", 1, 11, "an include must be");
    refuses("services: {a: {build: .}}\n---\n", 3, 1, "a compose file must be");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_build_is_a_context),
        cmocka_unit_test(a_long_build_has_every_part),
        cmocka_unit_test(a_build_without_a_context_has_the_folder),
        cmocka_unit_test(a_dockerfile_may_stand_in_the_file),
        cmocka_unit_test(services_without_a_build_and_other_keys_are_passed_over),
        cmocka_unit_test(arguments_come_as_a_mapping_or_a_list),
        cmocka_unit_test(of_two_arguments_of_a_name_the_later_counts),
        cmocka_unit_test(an_argument_without_a_value_is_the_variable),
        cmocka_unit_test(a_plain_number_is_written_as_compose_writes_it),
        cmocka_unit_test(a_number_or_date_that_compose_would_change_is_not_known),
        cmocka_unit_test(variables_are_filled_in),
        cmocka_unit_test(an_unset_variable_is_blank_and_makes_an_argument_unknown),
        cmocka_unit_test(an_unset_variable_is_remarked_once),
        cmocka_unit_test(a_required_variable_refuses_the_file),
        cmocka_unit_test(a_build_knows_its_place),
        cmocka_unit_test(the_platform_of_the_service_counts_without_those_of_the_build),
        cmocka_unit_test(a_merge_key_brings_what_is_not_said),
        cmocka_unit_test(a_later_file_goes_on_top),
        cmocka_unit_test(a_later_document_goes_on_top),
        cmocka_unit_test(a_mark_takes_away_what_earlier_files_say),
        cmocka_unit_test(a_reset_key_shows_what_is_merged_below_it),
        cmocka_unit_test(a_service_extends_another),
        cmocka_unit_test(a_service_that_extends_itself_is_refused),
        cmocka_unit_test(a_service_extends_one_of_another_file),
        cmocka_unit_test(a_file_that_cannot_be_had_is_refused),
        cmocka_unit_test(files_that_extend_each_other_are_refused),
        cmocka_unit_test(an_included_file_lies_below),
        cmocka_unit_test(a_file_that_includes_itself_is_refused),
        cmocka_unit_test(the_image_of_a_service_is_a_named_context),
        cmocka_unit_test(values_of_other_kinds_are_refused),
        cmocka_unit_test(files_of_other_kinds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
