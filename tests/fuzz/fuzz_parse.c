/* Any bytes as a Dockerfile: a document comes out, and everything in it stands inside the text. */
#include "dockerfile/document.h"

#include "fuzz/target.h"

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

static void check_document(const sp_document *document)
{
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_arena arena;
    jmp_buf here;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) == 0) {
        const sp_document *document =
            sp_document_parse(&arena, SP_STR("Dockerfile"), (sp_str){(const char *)bytes, size});
        check_document(document);
        check_trigger(&arena, document);
    }
    sp_arena_dispose(&arena);
    return 0;
}
