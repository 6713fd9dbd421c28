/* The table of diagnostics, and reporting one. */
#include "base/limits.h"
#include "dockerfile/parser.h"

#include <stdarg.h>

static const struct {
    sp_str name;
    bool fatal;
} rows[] = {
#define SP_DIAGNOSTIC(ID, id, fatal) {{id, sizeof(id) - 1}, fatal},
#include "dockerfile/diagnostic.def"
#undef SP_DIAGNOSTIC
};

sp_str sp_diagnostic_name(sp_diagnostic_id id)
{
    return rows[id].name;
}

bool sp_diagnostic_is_fatal(sp_diagnostic_id id)
{
    return rows[id].fatal;
}

static void add(sp_arena *arena, sp_diagnostics *diagnostics, sp_diagnostic_id id, sp_span span, const char *format,
                va_list arguments) __attribute__((format(printf, 5, 0)));

static void add(sp_arena *arena, sp_diagnostics *diagnostics, sp_diagnostic_id id, sp_span span, const char *format,
                va_list arguments)
{
    bool is_whole = strchr(format, '%') == NULL;
    sp_str message = is_whole ? sp_str_from(format) : sp_arena_vprint(arena, format, arguments);
    *sp_list_add(arena, diagnostics) = (sp_diagnostic){id, span, message, rows[id].fatal, NULL};
}

void sp_diagnostic_add(sp_arena *arena, sp_diagnostics *diagnostics, sp_diagnostic_id id, sp_span span,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(arena, diagnostics, id, span, format, arguments);
    va_end(arguments);
}

/* What BuildKit refuses while it reads lines, before it knows instructions: this holds inside ONBUILD too. */
static bool is_of_line_layer(sp_diagnostic_id id)
{
    return id == SP_DIAGNOSTIC_ARRAY_OF_STRINGS || id == SP_DIAGNOSTIC_MISSING_EQUALS ||
           id == SP_DIAGNOSTIC_MISSING_VALUE || id == SP_DIAGNOSTIC_UNTERMINATED_HEREDOC;
}

void sp_parser__refuse(sp_parser *parser, sp_instruction *instruction, sp_diagnostic_id id, sp_span span,
                       const char *format, ...)
{
    instruction->broken = true;
    if ((parser->trigger && !is_of_line_layer(id)) || parser->refusals++ >= SP_LIMIT_REFUSALS)
        return;
    va_list arguments;
    va_start(arguments, format);
    add(parser->arena, parser->diagnostics, id, span, format, arguments);
    va_end(arguments);
}

sp_str sp_parser__brief(sp_str text)
{
    enum { QUOTED_BYTES = 60 };
    return sp_str_brief(text, QUOTED_BYTES);
}
