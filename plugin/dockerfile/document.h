/* A parsed Dockerfile: source, directives, instructions, diagnostics. Parsing never fails on content: any bytes give a
   document. Everything is owned by the arena it was parsed into. */
#ifndef SP_DOCKERFILE_DOCUMENT_H
#define SP_DOCKERFILE_DOCUMENT_H

#include "dockerfile/instruction.h"

typedef enum sp_diagnostic_id {
#define SP_DIAGNOSTIC(ID, id, fatal) SP_DIAGNOSTIC_##ID,
#include "dockerfile/diagnostic.def"
#undef SP_DIAGNOSTIC
    SP_DIAGNOSTIC_COUNT
} sp_diagnostic_id;

/** Something wrong with the Dockerfile: data, never a status. */
typedef struct sp_diagnostic {
    sp_diagnostic_id id;
    sp_span span;
    sp_str message; /* one sentence: what is wrong and what to do */
    bool fatal;     /* BuildKit refuses the file; usually the row's, a stage nobody needs may make it false */
    const struct sp_value *value; /* what is refused, where it is an expanded word; else NULL */
} sp_diagnostic;

typedef SP_LIST(sp_diagnostic) sp_diagnostics;

/** "# name=value" at the top. */
typedef struct sp_directive {
    sp_str name; /* lower case */
    sp_word value;
} sp_directive;

typedef struct sp_document {
    sp_arena *arena;
    sp_source source;
    char escape; /* '\\' or '`' */
    SP_LIST(sp_directive) directives;
    SP_LIST(sp_instruction) instructions; /* in file order, unknown ones included */
    SP_LIST(sp_word) comments;            /* every whole-line comment: text after '#', trimmed */
    sp_diagnostics diagnostics;           /* in order of discovery */
} sp_document;

/** Parses `text` (borrowed: it must outlive the arena's content) as a Dockerfile called `path`. Needs a recovery point
    on `arena`. The result and everything in it live in `arena`; the line index is made. */
sp_document *sp_document_parse(sp_arena *arena, sp_str path, sp_str text);

/** Parses one instruction that stands outside any file, as an ONBUILD trigger is when it fires: escape '\\', spans all
    equal to `at` (the FROM line that fires it). Diagnostics are appended to `diagnostics`. NULL when the text holds
    none or more than one. */
const sp_instruction *sp_document_parse_trigger(const sp_document *document, sp_str text, sp_span at,
                                                sp_diagnostics *diagnostics);

/** The text that an ONBUILD stores in the image, to be parsed when it fires: what follows the keyword, heredocs
    included. */
sp_str sp_document_trigger_text(const sp_document *document, const sp_instruction *onbuild);

/** "unknown-flag" of SP_DIAGNOSTIC_UNKNOWN_FLAG. */
sp_str sp_diagnostic_name(sp_diagnostic_id id);

/** Whether the row says that BuildKit refuses such a file. */
bool sp_diagnostic_is_fatal(sp_diagnostic_id id);

/** Appends a diagnostic with the row's `fatal`. */
void sp_diagnostic_add(sp_arena *arena, sp_diagnostics *diagnostics, sp_diagnostic_id id, sp_span span,
                       const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
