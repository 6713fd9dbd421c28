/* A document as text, one line a thing: what the golden cases of the parser compare. */
#ifndef TESTS_DOCKERFILE_DUMP_H
#define TESTS_DOCKERFILE_DUMP_H

#include "base/buf.h"
#include "dockerfile/document.h"

/* Bytes that would not show are written as \xNN. */
static inline void dump_text(sp_buf *out, sp_str text)
{
    sp_buf_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.text[i];
        if (byte == '\n')
            sp_buf_text(out, "\\n");
        else if (byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\')
            sp_buf_print(out, "\\x%02x", byte);
        else
            sp_buf_byte(out, (char)byte);
    }
    sp_buf_byte(out, '"');
}

static inline void dump_span(sp_buf *out, const sp_document *document, sp_span span)
{
    sp_point start = sp_source_point(&document->source, span.start);
    sp_point end = sp_source_point(&document->source, span.end);
    sp_buf_print(out, "%u:%u-", start.line, start.column);
    if (end.line != start.line)
        sp_buf_print(out, "%u:", end.line);
    sp_buf_print(out, "%u", end.column);
}

static inline void dump_word(sp_buf *out, const sp_document *document, const char *what, sp_word word)
{
    sp_buf_print(out, "  %s ", what);
    dump_text(out, word.text);
    sp_buf_byte(out, ' ');
    dump_span(out, document, word.span);
    sp_buf_byte(out, '\n');
}

static inline void dump_flags(sp_buf *out, const sp_document *document, const sp_instruction *instruction)
{
    for (uint32_t i = 0; i < instruction->flags.count; i++) {
        const sp_flag *flag = &instruction->flags.items[i];
        sp_buf_text(out, "  flag ");
        dump_text(out, flag->name);
        if (flag->has_value) {
            sp_buf_text(out, " = ");
            dump_text(out, flag->value.text);
            sp_buf_byte(out, ' ');
            dump_span(out, document, flag->value.span);
        }
        sp_buf_text(out, " in ");
        dump_span(out, document, flag->span);
        sp_buf_byte(out, '\n');
    }
}

static inline void dump_pairs(sp_buf *out, const sp_document *document, const sp_pairs *pairs)
{
    for (uint32_t i = 0; i < pairs->count; i++) {
        const sp_pair *pair = &pairs->items[i];
        sp_buf_print(out, "  pair%s in ", pair->legacy ? ", legacy," : "");
        dump_span(out, document, pair->span);
        sp_buf_byte(out, '\n');
        dump_word(out, document, "  name", pair->name);
        if (pair->has_value)
            dump_word(out, document, "  value", pair->value);
    }
}

static inline void dump_heredocs(sp_buf *out, const sp_document *document, const sp_heredocs *heredocs)
{
    for (uint32_t i = 0; i < heredocs->count; i++) {
        const sp_heredoc *heredoc = &heredocs->items[i];
        sp_buf_text(out, "  heredoc ");
        dump_text(out, heredoc->name);
        sp_buf_print(out, "%s%s ", heredoc->expands ? "" : " quoted", heredoc->strip_tabs ? " tabs" : "");
        dump_span(out, document, heredoc->opener);
        sp_buf_text(out, " body ");
        dump_text(out, heredoc->content);
        sp_buf_byte(out, ' ');
        dump_span(out, document, heredoc->body);
        sp_buf_byte(out, '\n');
    }
}

static inline void dump_mounts(sp_buf *out, const sp_document *document, const sp_instruction *run)
{
    for (uint32_t i = 0; i < run->as.run.mount_count; i++) {
        const sp_mount *mount = &run->as.run.mounts[i];
        sp_buf_text(out, "  mount\n");
        for (uint32_t j = 0; j < mount->field_count; j++) {
            sp_buf_text(out, "    ");
            dump_text(out, mount->fields[j].key);
            if (mount->fields[j].has_value)
                dump_word(out, document, "=", mount->fields[j].value);
            else
                sp_buf_byte(out, '\n');
        }
    }
}

static inline void dump_from(sp_buf *out, const sp_document *document, const sp_instruction *from)
{
    if (from->as.from.base != NULL)
        dump_word(out, document, "base", *from->as.from.base);
    if (from->as.from.stage_name.size > 0) {
        sp_buf_text(out, "  stage ");
        dump_text(out, from->as.from.stage_name);
        sp_buf_byte(out, '\n');
    }
}

static inline void dump_copy(sp_buf *out, const sp_document *document, const sp_instruction *copy)
{
    for (uint32_t i = 0; i < copy->as.copy.inline_count; i++) {
        const sp_inline_file *file = &copy->as.copy.inline_files[i];
        sp_buf_print(out, "  inline source %u ", file->source);
        dump_text(out, file->name);
        sp_buf_text(out, " holds ");
        dump_text(out, file->heredoc != NULL ? file->heredoc->content : SP_STR(""));
        sp_buf_byte(out, '\n');
    }
    if (copy->as.copy.destination != NULL)
        dump_word(out, document, "destination", *copy->as.copy.destination);
}

static inline void dump_kind(sp_buf *out, const sp_document *document, const sp_instruction *instruction)
{
    switch (instruction->kind) {
    case SP_FROM:
        dump_from(out, document, instruction);
        break;
    case SP_ADD:
    case SP_COPY:
        dump_copy(out, document, instruction);
        break;
    case SP_RUN:
        dump_mounts(out, document, instruction);
        break;
    case SP_ENV:
    case SP_LABEL:
    case SP_ARG:
        dump_pairs(out, document, &instruction->as.pairs);
        break;
    case SP_HEALTHCHECK:
        sp_buf_text(out, instruction->as.healthcheck.none ? "  none\n" : "");
        break;
    default:
        break;
    }
}

static inline void dump_head(sp_buf *out, const sp_document *document, const sp_instruction *instruction)
{
    static const char *const forms[] = {"", " exec", " heredoc"};
    sp_str name = sp_instruction_name(instruction->kind);
    sp_buf_print(out, "%u-%u %.*s%s%s spelled ", instruction->line.first, instruction->last_line,
                 SP_STR_ARG(name.size > 0 ? name : SP_STR("?")), forms[instruction->form],
                 instruction->broken ? " broken" : "");
    dump_text(out, instruction->keyword.text);
    sp_buf_byte(out, ' ');
    dump_span(out, document, instruction->span);
    sp_buf_byte(out, '\n');
}

static inline void dump_one(sp_buf *out, const sp_document *document, const sp_instruction *instruction)
{
    dump_head(out, document, instruction);
    for (uint32_t i = 0; i < instruction->comment_count; i++)
        dump_word(out, document, "comment", instruction->comments[i]);
    dump_flags(out, document, instruction);
    for (uint32_t i = 0; i < instruction->arguments.count; i++)
        dump_word(out, document, "word", instruction->arguments.items[i]);
    dump_kind(out, document, instruction);
    dump_heredocs(out, document, &instruction->heredocs);
}

static inline void dump_instruction(sp_buf *out, const sp_document *document, const sp_instruction *instruction)
{
    dump_one(out, document, instruction);
    if (instruction->kind != SP_ONBUILD || instruction->as.onbuild.instruction == NULL)
        return;
    sp_buf_text(out, " trigger ");
    dump_one(out, document, instruction->as.onbuild.instruction);
}

static inline void dump_diagnostics(sp_buf *out, const sp_document *document, const sp_diagnostics *diagnostics)
{
    for (uint32_t i = 0; i < diagnostics->count; i++) {
        const sp_diagnostic *diagnostic = &diagnostics->items[i];
        sp_buf_text(out, diagnostic->fatal ? "refused " : "warning ");
        dump_span(out, document, diagnostic->span);
        sp_buf_print(out, " %.*s: %.*s\n", SP_STR_ARG(sp_diagnostic_name(diagnostic->id)),
                     SP_STR_ARG(diagnostic->message));
    }
}

/** Writes everything a document holds. */
static inline void dump_document(sp_buf *out, const sp_document *document)
{
    sp_buf_print(out, "escape %c\n", document->escape);
    for (uint32_t i = 0; i < document->directives.count; i++) {
        sp_buf_print(out, "directive %.*s\n", SP_STR_ARG(document->directives.items[i].name));
        dump_word(out, document, "value", document->directives.items[i].value);
    }
    for (uint32_t i = 0; i < document->instructions.count; i++)
        dump_instruction(out, document, &document->instructions.items[i]);
    for (uint32_t i = 0; i < document->comments.count; i++)
        dump_word(out, document, "comment of the file", document->comments.items[i]);
    dump_diagnostics(out, document, &document->diagnostics);
}

#endif
