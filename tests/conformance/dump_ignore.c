/* What a .dockerignore leaves out, path by path. */
#include "dump.h"

#include "base/path.h"
#include "context/ignore.h"

/* "y", "n", "e" where BuildKit refuses, "?" where we do not know. */
static char letter_of(sp_ignore_verdict verdict)
{
    return "nye?"[verdict.ignored];
}

json_t *answer_ignore(sp_arena *arena, sp_str text, const json_t *paths)
{
    sp_ignore *ignore = sp_ignore_read(arena, text);
    json_t *patterns = json_array(), *verdicts = json_array();
    for (uint32_t i = 0; i < ignore->patterns.count; i++) {
        const sp_ignore_pattern *pattern = &ignore->patterns.items[i];
        const sp_str parts[] = {pattern->exception ? SP_STR("!") : SP_STR(""), pattern->text};
        append_text(patterns, sp_arena_join(arena, parts, 2));
    }
    for (size_t i = 0; !ignore->refused && i < json_array_size(paths); i++) {
        sp_str path = sp_path_clean(arena, bytes_of(arena, json_array_get(paths, i)));
        char pair[] = {letter_of(sp_ignore_matches(ignore, path)), letter_of(sp_ignore_excludes(ignore, path)), '\0'};
        json_array_append_new(verdicts, json_string(pair));
    }
    json_t *answer = json_pack("{sbso}", "refused", ignore->refused, "verdicts", verdicts);
    if (ignore->refused)
        json_decref(patterns);
    else
        json_object_set_new(answer, "patterns", patterns);
    return answer;
}
