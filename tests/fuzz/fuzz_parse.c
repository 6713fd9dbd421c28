/* Any bytes as a Dockerfile: a document comes out, in which everything stands inside the text and in its order; its
   dumps are the same each time; and its logical lines, written down again one a line, are the same instructions. */
#include "report/parsed.h"

#include "base/limits.h"
#include "dockerfile/blank.h"
#include "source/utf8.h"

#include "fuzz/target.h"

#include <jansson.h>

static void check_span(const sp_document *document, sp_span span)
{
    require(span.start <= span.end && span.end <= document->source.text.size);
}

static void check_words(const sp_document *document, const sp_instruction *instruction, const sp_words *words)
{
    for (uint32_t i = 0; i < words->count; i++) {
        check_span(document, words->items[i].span);
        require(sp_span_contains(instruction->span, words->items[i].span));
    }
}

static void check_line(const sp_document *document, const sp_line *line)
{
    require(line->joint_count > 0 && line->joints[0].cooked == 0 && line->first <= line->last);
    for (uint32_t i = 1; i < line->joint_count; i++) {
        require(line->joints[i - 1].cooked < line->joints[i].cooked);
        require(line->joints[i - 1].raw < line->joints[i].raw);
    }
    for (size_t i = 0; i < line->text.size && i < 1000; i++) {
        sp_span span = sp_line_span(line, (sp_str){line->text.text + i, 1});
        check_span(document, span);
        require(document->source.text.text[span.start] == line->text.text[i]);
    }
}

static void check_instruction(const sp_document *document, const sp_instruction *instruction)
{
    check_line(document, &instruction->line);
    check_span(document, instruction->span);
    require(instruction->last_line >= instruction->line.last);
    check_words(document, instruction, &instruction->arguments);
    for (uint32_t i = 0; i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        check_span(document, flag->span);
        require(sp_span_contains(flag->span, flag->value.span));
    }
    for (uint32_t i = 0; i < instruction->heredocs.count; i++) {
        const sp_heredoc *heredoc = &instruction->heredocs.items[i];
        check_span(document, heredoc->opener);
        require(sp_str_equal(heredoc->content, sp_source_text(&document->source, heredoc->body)));
    }
}

/* Instructions stand one after the other, and so do the comments. */
static void check_order(const sp_document *document)
{
    for (uint32_t i = 1; i < document->instructions.count; i++) {
        const sp_instruction *one = &document->instructions.items[i - 1], *next = one + 1;
        require(one->span.end <= next->span.start && one->last_line < next->line.first);
    }
    for (uint32_t i = 0; i < document->comments.count; i++) {
        check_span(document, document->comments.items[i].span);
        require(i == 0 || document->comments.items[i - 1].span.end <= document->comments.items[i].span.start);
    }
    for (uint32_t i = 0; i < document->directives.count; i++)
        check_span(document, document->directives.items[i].value.span);
}

static void check_document(const sp_document *document)
{
    check_order(document);
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        require(instruction->id == i);
        check_instruction(document, instruction);
        if (instruction->kind == SP_ONBUILD && instruction->as.onbuild.instruction != NULL)
            check_instruction(document, instruction->as.onbuild.instruction);
    }
    for (uint32_t i = 0; i < document->diagnostics.count; i++)
        check_span(document, document->diagnostics.items[i].span);
}

static void check_trigger(sp_arena *arena, const sp_document *document)
{
    sp_diagnostics diagnostics = {0};
    sp_span at = {0, 0};
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *onbuild = &document->instructions.items[i];
        if (onbuild->kind != SP_ONBUILD)
            continue;
        sp_str text = sp_arena_copy(arena, sp_document_trigger_text(document, onbuild));
        const sp_instruction *fired = sp_document_parse_trigger(document, text, at, &diagnostics);
        require(fired == NULL || (fired->span.start == 0 && fired->span.end == 0));
    }
}

/* The dumps of a document that is read for this alone. */
static void dump(sp_arena *arena, sp_str text, sp_buf *json, sp_buf *sexp)
{
    const sp_document *document = sp_document_parse(arena, SP_STR("Dockerfile"), text);
    const sp_parsed parsed = {.document = document};
    sp_parsed_json(&parsed, json);
    sp_parsed_sexp(&parsed, sexp);
    require(!json->failed && !sexp->failed);
}

static void check_json(sp_str text)
{
    json_t *json = json_loadb(text.text, text.size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    require(json != NULL);
    json_decref(json);
}

static const sp_heredocs *heredocs_of(const sp_instruction *instruction)
{
    const sp_instruction *inner = instruction->kind == SP_ONBUILD ? instruction->as.onbuild.instruction : NULL;
    return inner != NULL ? &inner->heredocs : &instruction->heredocs;
}

/* A blank at the beginning that only joining made: the pieces of one character, on two lines. */
static bool begins_with_space(sp_str line)
{
    uint32_t size;
    return line.size > 0 && sp_is_space(sp_utf8_decode(line.text, line.text + line.size, &size));
}

/* Whether a logical line would be read as something else if it stood on a line of its own. */
static bool is_joined_for_good(const sp_document *document, sp_str line)
{
    return begins_with_space(line) || line.size == 0 || line.size > SP_LIMIT_LINE_BYTES || line.text[0] == '#' ||
           line.text[line.size - 1] == document->escape;
}

static bool has(const sp_document *document, sp_diagnostic_id id)
{
    for (uint32_t i = 0; i < document->diagnostics.count; i++) {
        if (document->diagnostics.items[i].id == id)
            return true;
    }
    return false;
}

/* Writes the document without continuations, comments and blanks; false where it cannot be. */
static bool write_document(const sp_document *document, sp_buf *out)
{
    sp_buf_print(out, "# escape=%c\n", document->escape);
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        const sp_instruction *instruction = &document->instructions.items[i];
        const sp_heredocs *heredocs = heredocs_of(instruction);
        if (is_joined_for_good(document, instruction->line.text))
            return false;
        sp_buf_add(out, instruction->line.text);
        sp_buf_byte(out, '\n');
        for (uint32_t j = 0; j < heredocs->count; j++) {
            sp_buf_add(out, heredocs->items[j].content);
            sp_buf_add(out, heredocs->items[j].name);
            sp_buf_byte(out, '\n');
        }
    }
    return !has(document, SP_DIAGNOSTIC_UNTERMINATED_HEREDOC);
}

static void check_dumps(sp_arena *arena, const sp_document *document, sp_buf *out)
{
    dump(arena, document->source.text, &out[0], &out[1]);
    dump(arena, document->source.text, &out[2], &out[3]);
    require(sp_str_equal(sp_buf_str(&out[0]), sp_buf_str(&out[2])));
    check_json(sp_buf_str(&out[0]));
    if (!write_document(document, &out[4]))
        return;
    dump(arena, sp_arena_copy(arena, sp_buf_str(&out[4])), &out[5], &out[6]);
    require(sp_str_equal(sp_buf_str(&out[1]), sp_buf_str(&out[6])));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_arena arena;
    sp_buf out[7];
    jmp_buf here;
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        sp_buf_init(&out[i], sp_alloc_default(), SP_LIMIT_INPUT_BYTES);
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) == 0) {
        const sp_document *document =
            sp_document_parse(&arena, SP_STR("Dockerfile"), (sp_str){(const char *)bytes, size});
        check_document(document);
        check_trigger(&arena, document);
        check_dumps(&arena, document, out);
    }
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        sp_buf_dispose(&out[i]);
    sp_arena_dispose(&arena);
    return 0;
}
