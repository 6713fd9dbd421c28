/* Scripts: the table of shell texts and what is read in them, places, and the forms of an instruction. */
#include "shell/script.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit/arena.h"

/* What the Dockerfile around each script says. */
static sp_variable look_up(sp_str name, void *payload)
{
    (void)payload;
    sp_variable known = {.certainty = SP_CERTAIN_KNOWN, .set = true, .definition = 1};
    if (sp_str_equal(name, SP_STR("KNOWN"))) {
        known.value = SP_STR("known");
    } else if (sp_str_equal(name, SP_STR("TWO"))) {
        known.value = SP_STR("one two");
    } else if (sp_str_equal(name, SP_STR("EMPTY"))) {
        known.value = SP_STR("");
    } else if (sp_str_equal(name, SP_STR("DEFAULT"))) {
        known.certainty = SP_CERTAIN_DEFAULT;
        known.value = SP_STR("default");
    } else if (sp_str_equal(name, SP_STR("DECLARED"))) {
        return (sp_variable){.certainty = SP_CERTAIN_UNKNOWN, .definition = 2};
    } else if (sp_str_equal(name, SP_STR("PART"))) {
        return (sp_variable){.certainty = SP_CERTAIN_UNKNOWN, .set = true, .shape = {"a\0b", 3}, .definition = 3};
    } else {
        return (sp_variable){.certainty = SP_CERTAIN_UNDEFINED, .definition = UINT32_MAX};
    }
    return known;
}

static const sp_script *read_script(const char *text, const sp_words *shell)
{
    sp_str copy = sp_arena_copy(&arena, sp_str_from(text));
    sp_joint joint = {0, 0};
    sp_word word = {copy, {0, (uint32_t)copy.size}};
    sp_instruction *run = sp_arena_new(&arena, sp_instruction);
    sp_joint *joints = sp_arena_new(&arena, sp_joint);
    *joints = joint;
    run->kind = SP_RUN;
    run->line = (sp_line){.text = copy, .joints = joints, .joint_count = 1};
    *sp_list_add(&arena, &run->arguments) = word;
    sp_document *document = sp_arena_new(&arena, sp_document);
    document->arena = &arena;
    sp_script_input input = {.instruction = run, .shell = shell, .shell_known = true, .lookup = look_up};
    return sp_script_parse(&arena, document, &input);
}

/* A text in which unknown runs are "*" and words with blanks or nothing stand in quotes. */
static sp_str show(sp_str shape)
{
    char *text = sp_arena_alloc(&arena, shape.size + 2);
    size_t size = 0;
    bool quote = shape.size == 0 || sp_str_find(shape, ' ') < shape.size || sp_str_find(shape, '\n') < shape.size;
    if (quote)
        text[size++] = '\'';
    for (size_t i = 0; i < shape.size; i++)
        text[size++] = shape.text[i] == '\0' ? '*' : shape.text[i];
    if (quote)
        text[size++] = '\'';
    return (sp_str){text, size};
}

/* [?] [@directory] {name=value} {word} {operator target}: ? is uncertain */
static sp_str show_command(const sp_command *command)
{
    sp_str text = {"", 0};
    if (!command->certain)
        text = SP_STR("?");
    if (!command->directory_known)
        text = sp_arena_print(&arena, "%.*s@* ", SP_STR_ARG(text));
    else if (command->directory.size > 0)
        text = sp_arena_print(&arena, "%.*s@%.*s ", SP_STR_ARG(text), SP_STR_ARG(command->directory));
    const char *between = "";
    for (uint32_t i = 0; i < command->assignment_count; i++, between = " ")
        text = sp_arena_print(&arena, "%.*s%s%.*s=%.*s", SP_STR_ARG(text), between,
                              SP_STR_ARG(command->assignments[i].name),
                              SP_STR_ARG(show(command->assignments[i].value.value.shape)));
    for (uint32_t i = 0; i < command->word_count; i++, between = " ")
        text = sp_arena_print(&arena, "%.*s%s%.*s", SP_STR_ARG(text), between,
                              SP_STR_ARG(show(command->words[i].value.shape)));
    for (uint32_t i = 0; i < command->redirect_count; i++, between = " ")
        text = sp_arena_print(&arena, "%.*s%s%.*s%.*s", SP_STR_ARG(text), between,
                              SP_STR_ARG(command->redirects[i].operator),
                              SP_STR_ARG(show(command->redirects[i].target.value.shape)));
    return text;
}

static const char *show_script(const sp_script *script)
{
    if (!script->known)
        return "unknown";
    sp_str text = {"", 0};
    for (uint32_t i = 0; i < script->command_count; i++)
        text = sp_arena_print(&arena, "%.*s%s%.*s", SP_STR_ARG(text), i == 0 ? "" : " ; ",
                              SP_STR_ARG(show_command(&script->commands[i])));
    for (uint32_t i = 0; i < script->pipe_count; i++)
        text = sp_arena_print(&arena, "%.*s | %u+%u%s", SP_STR_ARG(text), script->pipes[i].first,
                              script->pipes[i].count, script->pipes[i].pipefail ? " pipefail" : "");
    return sp_arena_copy(&arena, text).text;
}

/* \n, \t and \\ in the table. */
static char *unescape(char *text)
{
    char *out = text;
    for (const char *in = text; *in != '\0'; in++) {
        if (in[0] == '\\' && strchr("nt\\", in[1]) != NULL && in[1] != '\0') {
            in++;
            *out++ = (char)(*in == 'n' ? '\n' : *in == 't' ? '\t' : '\\');
        } else {
            *out++ = *in;
        }
    }
    *out = '\0';
    return text;
}

static void reads_table(void **state)
{
    (void)state;
    const char *folder = getenv("SP_SOURCE_DIR");
    sp_str path = sp_arena_print(&arena, "%s/tests/tables/shell.tsv", folder != NULL ? folder : ".");
    FILE *table = fopen(path.text, "r");
    assert_non_null(table);
    char line[4096];
    int failed = 0, rows = 0;
    while (fgets(line, sizeof line, table) != NULL) {
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || tab == NULL)
            continue;
        *tab++ = '\0';
        tab[strcspn(tab, "\n")] = '\0';
        const char *seen = show_script(read_script(unescape(line), NULL));
        rows++;
        if (strcmp(seen, unescape(tab)) != 0) {
            failed++;
            print_error("%s\n  expected %s\n  seen     %s\n", line, tab, seen);
        }
    }
    fclose(table);
    assert_true(rows > 60);
    assert_int_equal(failed, 0);
}

static sp_words words_of(const char *const *texts)
{
    sp_words words = {0};
    for (; *texts != NULL; texts++)
        *sp_list_add(&arena, &words) = (sp_word){sp_str_from(*texts), {0, 0}};
    return words;
}

static void knows_shells(void **state)
{
    (void)state;
    const char *bash[] = {"/bin/bash", "-o", "pipefail", "-c", NULL};
    const char *conda[] = {"conda", "run", "-n", "x", "/bin/bash", "-c", NULL};
    const char *powershell[] = {"powershell", "-Command", NULL};
    const char *cmd[] = {"cmd", "/S", "/C", NULL};
    sp_words words = words_of(bash);
    assert_string_equal(show_script(read_script("a | b", &words)), "a ; b | 0+2 pipefail");
    words = words_of(conda);
    assert_true(read_script("a", &words)->known);
    words = words_of(powershell);
    assert_false(read_script("Write-Host a", &words)->known);
    words = words_of(cmd);
    assert_false(read_script("dir", &words)->known);
}

static void places_words(void **state)
{
    (void)state;
    const sp_script *script = read_script("a && b 'c d' $TWO", NULL);

    assert_int_equal(script->command_count, 2);
    assert_int_equal(script->commands[1].span.start, 5);
    assert_int_equal(script->commands[1].span.end, 17);
    assert_int_equal(script->commands[1].words[1].value.span.start, 7);
    assert_int_equal(script->commands[1].words[1].value.span.end, 12);
    assert_int_equal(script->commands[1].words[3].value.span.start, 13);
    assert_int_equal(script->commands[1].words[2].value.variable_count, 1);
}

static void places_words_inside_quoted_scripts(void **state)
{
    (void)state;
    const sp_script *script = read_script("sh -c 'apt-get install gcc'", NULL);

    assert_int_equal(script->command_count, 2);
    assert_int_equal(script->commands[1].words[2].value.span.start, 23);
    assert_int_equal(script->commands[1].words[2].value.span.end, 26);
}

static void survives_depth(void **state)
{
    (void)state;
    static const char *const openers[] = {"$(",     "(", "{ ", "`", "${a:-", "\"$(", "a() ", "if ", "case x in a) ",
                                          "sh -c '"};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        sp_str text = {"", 0};
        for (int depth = 0; depth < 2000; depth++)
            text = sp_arena_print(&arena, "%.*s%s", SP_STR_ARG(text), openers[i]);
        read_script(sp_arena_copy(&arena, text).text, NULL);
    }
}

static void spends_no_more_than_linear(void **state)
{
    (void)state;
    sp_str text = SP_STR("x=aaaaaaaa");
    for (int i = 0; i < 500; i++)
        text = sp_arena_print(&arena, "%.*s; x=$x$x; y+=$x; cd a", SP_STR_ARG(text));
    size_t before = arena.used;
    read_script(sp_arena_copy(&arena, text).text, NULL);
    assert_true(arena.used - before < 4000000);
}

static void keeps_what_each_field_of_a_word_used(void **state)
{
    (void)state;
    const sp_command *command = &read_script("echo $TWO$DEFAULT$TWO$KNOWN$KNOWN$KNOWN", NULL)->commands[0];
    static const char *const used[] = {"TWO", "DEFAULT", "TWO", "KNOWN", "KNOWN", "KNOWN"};
    static const uint32_t counts[] = {1, 3, 6};

    assert_int_equal(command->word_count, 4);
    for (uint32_t field = 0; field < 3; field++) {
        const sp_value *value = &command->words[1 + field].value;
        assert_int_equal(value->variable_count, counts[field]);
        for (uint32_t i = 0; i < value->variable_count; i++)
            assert_true(sp_str_is(value->variables[i].name, used[i]));
    }
}

static void names_a_program_behind_an_unknown_folder(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"$DECLARED/bin/pip x", "pip"}, {"$DECLARED x", ""},
                                           {"\"$DECLARED\"pip x", ""},     {"/opt/pip$DECLARED x", ""},
                                           {"/opt/pip x", "pip"},          {"$DECLARED/$PART x", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sp_script *script = read_script(cases[i][0], NULL);
        assert_int_equal(script->command_count, 1);
        assert_string_equal(sp_arena_copy(&arena, script->commands[0].name).text, cases[i][1]);
    }
}

static void reads_exec_form(void **state)
{
    (void)state;
    const char *texts[] = {"/usr/bin/env", "sh", "-c", "cd /a && b $KNOWN", NULL};
    sp_instruction run = {.kind = SP_CMD, .form = SP_FORM_EXEC, .arguments = words_of(texts)};
    sp_document document = {.arena = &arena};
    sp_script_input input = {.instruction = &run, .lookup = look_up};

    const sp_script *script = sp_script_parse(&arena, &document, &input);

    assert_string_equal(show_script(script), "/usr/bin/env sh -c 'cd /a && b $KNOWN' ; sh -c 'cd /a && b $KNOWN' ; "
                                             "cd /a ; @/a b known");
    assert_true(sp_str_equal(script->commands[0].name, SP_STR("env")));
}

static void leaves_other_interpreters_alone(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        bool known;
    } cases[] = {{"#!/usr/bin/env python3\nprint(1)\n", false},
                 {"#!/usr/bin/env bash\na\n", true},
                 {"#!/bin/sh -e\na\n", true},
                 {"#!/usr/bin/perl\na\n", false},
                 {"a\nb\n", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sp_document document = {.arena = &arena, .source = {.text = sp_str_from(cases[i].body)}};
        sp_instruction run = {.kind = SP_RUN, .form = SP_FORM_HEREDOC};
        *sp_list_add(&arena, &run.heredocs) = (sp_heredoc){.name = SP_STR("EOF"), .content = document.source.text};
        sp_script_input input = {.instruction = &run, .lookup = look_up};
        assert_int_equal(sp_script_parse(&arena, &document, &input)->known, cases[i].known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_table),
        TEST(knows_shells),
        TEST(places_words),
        TEST(places_words_inside_quoted_scripts),
        TEST(survives_depth),
        TEST(spends_no_more_than_linear),
        TEST(keeps_what_each_field_of_a_word_used),
        TEST(names_a_program_behind_an_unknown_folder),
        TEST(reads_exec_form),
        TEST(leaves_other_interpreters_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
