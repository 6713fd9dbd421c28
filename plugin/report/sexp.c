/* The dump of BuildKit's parser: a line an instruction, its name in lower case, its flags and its arguments.

   One thing is not as it prints it, of files that it refuses afterwards: an ONBUILD inside ONBUILD is empty. */
#include "report/parsed.h"

#include "report/go_text.h"

/* flags = " [" quoted { " " quoted } "]" */
static void write_flags(sp_buf *out, const sp_flags *flags, sp_arena *arena)
{
    for (uint32_t i = 0; i < flags->count; i++) {
        const sp_flag *flag = &flags->items[i];
        const sp_str parts[] = {SP_STR("--"), flag->name, SP_STR("="), flag->value.text};
        sp_buf_text(out, i == 0 ? " [" : " ");
        sp_go_quote(out, sp_arena_join(arena, parts, flag->has_value ? 4 : 2));
    }
    if (flags->count > 0)
        sp_buf_byte(out, ']');
}

static void write_text(sp_buf *out, sp_str text)
{
    sp_buf_byte(out, ' ');
    sp_go_quote(out, text);
}

/* pairs = { name value ( "=" | "" ) } */
static void write_pairs(sp_buf *out, const sp_pairs *pairs)
{
    for (uint32_t i = 0; i < pairs->count; i++) {
        const sp_pair *pair = &pairs->items[i];
        write_text(out, pair->name.text);
        write_text(out, pair->value.text);
        write_text(out, pair->legacy ? SP_STR("") : SP_STR("="));
    }
}

static void write_arguments(sp_buf *out, const sp_instruction *instruction)
{
    if (instruction->kind == SP_UNKNOWN_INSTRUCTION) {
        sp_buf_text(out, instruction->keyword.text.size > 0 ? " \"\"" : "\"\"");
        return;
    }
    if (instruction->kind == SP_ENV || instruction->kind == SP_LABEL) {
        write_pairs(out, &instruction->as.pairs);
        return;
    }
    if (instruction->kind == SP_HEALTHCHECK && instruction->as.healthcheck.type.text.size > 0)
        write_text(out, instruction->as.healthcheck.type.text);
    const sp_word *words =
        instruction->kind == SP_VOLUME ? instruction->as.volume.written : instruction->arguments.items;
    for (uint32_t i = 0; i < instruction->arguments.count; i++)
        write_text(out, words[i].text);
}

/* instruction = "(" name flags arguments [ " " instruction ] ")"; an ONBUILD has one level only */
static void write_instruction(sp_buf *out, const sp_instruction *instruction, sp_arena *arena)
{
    const sp_instruction *inner = instruction->kind == SP_ONBUILD ? instruction->as.onbuild.instruction : NULL;
    sp_buf_byte(out, '(');
    sp_go_lower(out, instruction->keyword.text);
    write_flags(out, &instruction->flags, arena);
    write_arguments(out, instruction);
    if (inner != NULL) {
        sp_buf_byte(out, ' ');
        write_instruction(out, inner, arena);
    }
    sp_buf_byte(out, ')');
}

void sp_parsed_sexp(const sp_parsed *parsed, sp_buf *out)
{
    const sp_document *document = parsed->document;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        write_instruction(out, &document->instructions.items[i], document->arena);
        sp_buf_byte(out, '\n');
    }
}
