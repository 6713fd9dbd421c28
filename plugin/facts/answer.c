/* Building answers: items, and steps of evidence. */
#include "facts/answer.h"

sp_truth sp_answer_truth(const sp_answer *answer)
{
    for (uint32_t i = 0; i < answer->items.count; i++) {
        if (!answer->items.items[i].unknown)
            return SP_YES;
    }
    return answer->items.count > 0 ? SP_MAYBE : SP_NO;
}

sp_item *sp_answer_add(sp_arena *arena, sp_answer *answer, sp_str found, bool unknown)
{
    sp_item *item = sp_list_add(arena, &answer->items);
    *item = (sp_item){.found = found, .unknown = unknown};
    return item;
}

void sp_steps_add(sp_arena *arena, sp_steps *steps, sp_span span, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sp_str message = sp_arena_vprint(arena, format, arguments);
    va_end(arguments);
    *sp_list_add(arena, steps) = (sp_step){.message = message, .placed = true, .span = span};
}

void sp_steps_add_source(sp_arena *arena, sp_steps *steps, sp_str source, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sp_str message = sp_arena_vprint(arena, format, arguments);
    va_end(arguments);
    *sp_list_add(arena, steps) = (sp_step){.message = message, .source = source};
}
