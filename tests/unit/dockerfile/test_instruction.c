/* Names of instructions, and what is found in one. */
#include "unit/dockerfile/parsed.h"

static void knows_every_keyword_in_any_case(void **state)
{
    (void)state;
    for (int kind = SP_UNKNOWN_INSTRUCTION + 1; kind < SP_INSTRUCTION_COUNT; kind++)
        assert_int_equal(sp_instruction_from_name(sp_instruction_name((sp_instruction_kind)kind)), kind);
    assert_int_equal(sp_instruction_from_name(SP_STR("hEaLtHcHeCk")), SP_HEALTHCHECK);
    assert_int_equal(sp_instruction_from_name(SP_STR("HEALTHCHEC")), SP_UNKNOWN_INSTRUCTION);
    assert_int_equal(sp_instruction_from_name(SP_STR("")), SP_UNKNOWN_INSTRUCTION);
    assert_text(sp_instruction_name(SP_UNKNOWN_INSTRUCTION), "");
}

static void finds_the_last_flag_of_a_name(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nCOPY --exclude=x --from=b --exclude=y c d\n"));
    const sp_instruction *copy = &document->instructions.items[1];

    assert_text(sp_instruction_flag(copy, SP_STR("exclude"))->value.text, "y");
    assert_text(sp_instruction_flag(copy, SP_STR("from"))->value.text, "b");
    assert_null(sp_instruction_flag(copy, SP_STR("chown")));
}

static void leaves_an_empty_from_out(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nCOPY --from= c d\nCOPY --from=x c d\nADD c d\n"));

    assert_null(document->instructions.items[1].as.copy.from);
    assert_text(document->instructions.items[2].as.copy.from->value.text, "x");
    assert_null(document->instructions.items[3].as.copy.from);
}

static void keeps_the_last_meaning_of_a_mount_field(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nRUN --mount=target=/a,dst=/b,Source=c,ro x\n"));
    const sp_mount *mount = &document->instructions.items[1].as.run.mounts[0];

    assert_int_equal(mount->field_count, 4);
    assert_text(mount->target->text, "/b");
    assert_text(mount->source->text, "c");
    assert_null(mount->type);
    assert_null(mount->from);
    assert_text(mount->fields[2].key, "source");
    assert_false(mount->fields[3].has_value);
}

static void numbers_instructions_as_the_file_has_them(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("ARG a\nFROM a\nONBUILD RUN x\nNOPE\n"));

    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(document->instructions.items[i].id, i);
    assert_int_equal(document->instructions.items[2].as.onbuild.instruction->id, 2);
}

static void lowers_stage_names_as_BuildKit_does(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a AS \xE2\x84\xAA"
                                               "A\nFROM a AS \xC4\xB0x\n"));

    assert_text(document->instructions.items[0].as.from.stage_name, "ka");
    assert_text(document->instructions.items[1].as.from.stage_name, "ix");
}

static void ends_where_its_last_heredoc_ends(void **state)
{
    (void)state;
    const sp_document *document = parse(SP_STR("FROM a\nRUN cat <<A <<B\n1\nA\n2\nB\nRUN x\n"));
    const sp_instruction *run = &document->instructions.items[1];

    assert_int_equal(run->line.first, 2);
    assert_int_equal(run->line.last, 2);
    assert_int_equal(run->last_line, 6);
    assert_text(sp_source_text(&document->source, run->span), "RUN cat <<A <<B\n1\nA\n2\nB");
}

static void takes_a_hundred_thousand_of_them(void **state)
{
    (void)state;
    const sp_document *document = parse(repeated(SP_STR("FROM a\n"), SP_STR("RUN b\n"), 100000, SP_STR("")));

    assert_int_equal(document->instructions.count, 100001);
    assert_int_equal(document->diagnostics.count, 0);
    assert_int_equal(document->instructions.items[100000].line.first, 100001);
}

static void tells_inline_files_from_paths(void **state)
{
    (void)state;
    const sp_document *document =
        parse(SP_STR("FROM a\n"
                     "COPY [\"<<EOF\", \"<<-EOF\", \"3<<EOF\", \"<<\\\"E F\\\"\", \"<<- E\", \"/d\"]\n"
                     "COPY [\"<<\", \"<<<x\", \"a<<b\", \"<EOF\", \"<<''\", \"<<a b\", \"/d\"]\n"));
    const sp_instruction *files = &document->instructions.items[1];

    assert_int_equal(files->as.copy.inline_count, 5);
    assert_text(files->as.copy.inline_files[3].name, "E F");
    assert_int_equal(files->as.copy.inline_files[4].source, 4);
    assert_int_equal(document->instructions.items[2].as.copy.inline_count, 0);
}

static void takes_a_hundred_thousand_flags_and_heredocs(void **state)
{
    (void)state;
    sp_str flags = repeated(SP_STR("FROM a\nCOPY"), SP_STR(" --exclude=x \\\n"), 100000, SP_STR(" a <<E /b\n"));
    const sp_document *document = parse(repeated(flags, SP_STR("line\n"), 100000, SP_STR("E\n")));
    const sp_instruction *copy = &document->instructions.items[1];

    assert_int_equal(copy->flags.count, 100000);
    assert_int_equal(copy->heredocs.items[0].content.size, 500000);
    assert_int_equal(copy->as.copy.inline_count, 1);
    assert_int_equal(document->diagnostics.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(knows_every_keyword_in_any_case),
        TEST(finds_the_last_flag_of_a_name),
        TEST(leaves_an_empty_from_out),
        TEST(keeps_the_last_meaning_of_a_mount_field),
        TEST(numbers_instructions_as_the_file_has_them),
        TEST(lowers_stage_names_as_BuildKit_does),
        TEST(ends_where_its_last_heredoc_ends),
        TEST(takes_a_hundred_thousand_of_them),
        TEST(tells_inline_files_from_paths),
        TEST(takes_a_hundred_thousand_flags_and_heredocs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
