/* A .dockerignore: its lines, and its patterns in order, of which the last that applies decides. */
#include "context/ignore.h"

#include "base/limits.h"
#include "base/path.h"
#include "context/pattern.h"
#include "dockerfile/blank.h"
#include "source/utf8.h"

static bool refuse(sp_ignore *ignore, uint32_t line, const char *why, sp_str pattern)
{
    enum { SHOWN = 60 };
    sp_str shown = sp_str_brief(pattern, SHOWN);
    ignore->refused = true;
    ignore->reason =
        sp_arena_print(ignore->arena, "line %u: %s%.*s, which BuildKit refuses", line, why, SP_STR_ARG(shown));
    return false;
}

/* pattern = ["!"] glob, cleaned */
bool sp_ignore_add(sp_ignore *ignore, sp_str pattern, uint32_t line)
{
    sp_ignore_pattern one = {.text = sp_strip_spaces(pattern), .line = line};
    if (one.text.size == 0)
        return true;
    one.text = sp_path_clean(ignore->arena, one.text);
    one.exception = one.text.text[0] == '!';
    one.text = sp_str_skip(one.text, one.exception);
    if (one.text.size == 0)
        return refuse(ignore, line, "'!' with nothing to bring back", one.text);
    if (!sp_ignore__is_valid(one.text))
        return refuse(ignore, line, "a pattern with a wrong bracket or escape: ", one.text);
    sp_ignore__compile(ignore->arena, &one);
    ignore->exceptions = ignore->exceptions || one.exception;
    if (one.piece_count > ignore->most_pieces)
        ignore->most_pieces = one.piece_count;
    *sp_list_add(ignore->arena, &ignore->patterns) = one;
    return true;
}

/* line = "#" comment | ["!"] glob */
static bool read_line(sp_ignore *ignore, sp_str text, uint32_t line)
{
    if (text.size > 0 && text.text[0] == '#')
        return true;
    text = sp_strip_spaces(text);
    bool exception = text.size > 0 && text.text[0] == '!';
    if (exception)
        text = sp_strip_spaces(sp_str_skip(text, 1));
    if (text.size > 0)
        text = sp_path_clean(ignore->arena, text);
    if (text.size > 1 && text.text[0] == '/')
        text = sp_str_skip(text, 1);
    const sp_str parts[] = {SP_STR("!"), text};
    return sp_ignore_add(ignore, exception ? sp_arena_join(ignore->arena, parts, 2) : text, line);
}

sp_ignore *sp_ignore_new(sp_arena *arena)
{
    sp_ignore *ignore = sp_arena_new(arena, sp_ignore);
    ignore->arena = arena;
    ignore->reason = SP_STR("");
    return ignore;
}

/* file = { line LF }; a CR before the LF belongs to it */
sp_ignore *sp_ignore_read(sp_arena *arena, sp_str text)
{
    sp_ignore *ignore = sp_ignore_new(arena);
    if (text.size > SP_LIMIT_IGNORE_BYTES) {
        ignore->reason = sp_arena_print(arena, "it is larger than %u bytes", SP_LIMIT_IGNORE_BYTES);
        return ignore;
    }
    bool going_on = true;
    for (uint32_t number = 1; going_on && text.size > 0; number++) {
        sp_str line = sp_str_head(text, sp_str_find(text, '\n'));
        text = sp_str_skip(text, line.size + 1);
        if (line.size > SP_LIMIT_IGNORE_LINE) {
            refuse(ignore, number, "a line of more than 65535 bytes", SP_STR(""));
            break;
        }
        if (sp_str_ends(line, SP_STR("\r")))
            line.size -= 1;
        if (number == 1 && sp_str_starts(line, SP_UTF8_BOM))
            line = sp_str_skip(line, SP_UTF8_BOM.size);
        going_on = read_line(ignore, line, number);
    }
    return ignore;
}

/* A path on its way through the patterns. */
typedef struct asking {
    const sp_ignore *ignore;
    bool *reached, *matched; /* matched: by pattern, whether it took the folder above */
    sp_ignore_verdict verdict;
} asking;

static asking ask(sp_ignore *ignore)
{
    if (ignore->reached == NULL)
        ignore->reached = sp_arena_zeroed(ignore->arena, ignore->most_pieces + 1u + ignore->patterns.count);
    asking asked = {.ignore = ignore, .reached = ignore->reached};
    asked.matched = ignore->reached + ignore->most_pieces + 1;
    memset(asked.matched, 0, ignore->patterns.count);
    return asked;
}

/* Whether a pattern takes a text; false, with the verdict, when nobody knows. */
static bool compare(asking *asked, const sp_ignore_pattern *pattern, sp_str text)
{
    sp_ignored trouble = SP_IGNORED_NO;
    if (pattern->kind == SP_IGNORE_WRONG)
        trouble = SP_IGNORED_REFUSED;
    else if (pattern->kind == SP_IGNORE_UNREAD || asked->verdict.steps > SP_LIMIT_IGNORE_STEPS)
        trouble = SP_IGNORED_UNKNOWN;
    if (trouble == SP_IGNORED_NO)
        return sp_ignore__matches(pattern, text, asked->reached, &asked->verdict.steps);
    asked->verdict.ignored = trouble;
    asked->verdict.by = pattern;
    return false;
}

static bool is_settled(const asking *asked)
{
    return asked->verdict.ignored == SP_IGNORED_REFUSED || asked->verdict.ignored == SP_IGNORED_UNKNOWN;
}

/* A plain pattern is asked while the path is in, an exception while it is out. */
static bool is_asked(const asking *asked, const sp_ignore_pattern *pattern)
{
    return pattern->exception == (asked->verdict.ignored == SP_IGNORED_YES);
}

static void decide(asking *asked, const sp_ignore_pattern *pattern)
{
    sp_ignored now = pattern->exception ? SP_IGNORED_NO : SP_IGNORED_YES;
    if (asked->verdict.ignored != now)
        asked->verdict.by = pattern;
    asked->verdict.ignored = now;
}

/* One folder or file of the walk: what took the folder above takes it too. */
static void walk(asking *asked, sp_str path)
{
    asked->verdict.ignored = SP_IGNORED_NO;
    asked->verdict.by = NULL;
    for (uint32_t i = 0; i < asked->ignore->patterns.count && !is_settled(asked); i++) {
        const sp_ignore_pattern *pattern = &asked->ignore->patterns.items[i];
        asked->verdict.steps += 1;
        if (!asked->matched[i] && is_asked(asked, pattern))
            asked->matched[i] = compare(asked, pattern, path);
        if (asked->matched[i])
            decide(asked, pattern);
    }
}

static sp_ignore_verdict unreadable(const sp_ignore *ignore)
{
    return (sp_ignore_verdict){.ignored = ignore->refused ? SP_IGNORED_REFUSED : SP_IGNORED_UNKNOWN};
}

sp_ignore_verdict sp_ignore_excludes(sp_ignore *ignore, sp_str path)
{
    if (ignore->reason.size > 0)
        return unreadable(ignore);
    asking asked = ask(ignore);
    if (sp_str_is(path, "."))
        return asked.verdict;
    for (size_t end = 0; end < path.size && !is_settled(&asked); end++) {
        end += sp_str_find(sp_str_skip(path, end), '/');
        walk(&asked, sp_str_head(path, end));
    }
    return asked.verdict;
}

/* A path, and then, as long as none matches, the folders it is in, the outermost first. */
static bool takes_any(asking *asked, const sp_ignore_pattern *pattern, sp_str path)
{
    bool taken = compare(asked, pattern, path);
    for (size_t i = 0; i < path.size && !taken && !is_settled(asked); i++) {
        if (path.text[i] == '/')
            taken = compare(asked, pattern, sp_str_head(path, i));
    }
    bool below_root = sp_str_starts(path, SP_STR("/")) && sp_str_find(sp_str_skip(path, 1), '/') == path.size - 1;
    if (!taken && below_root && !is_settled(asked))
        taken = compare(asked, pattern, SP_STR("/"));
    return taken;
}

sp_ignore_verdict sp_ignore_matches(sp_ignore *ignore, sp_str path)
{
    if (ignore->reason.size > 0)
        return unreadable(ignore);
    asking asked = ask(ignore);
    if (sp_str_is(path, "."))
        return asked.verdict;
    for (uint32_t i = 0; i < ignore->patterns.count && !is_settled(&asked); i++) {
        const sp_ignore_pattern *pattern = &ignore->patterns.items[i];
        asked.verdict.steps += 1;
        if (is_asked(&asked, pattern) && takes_any(&asked, pattern, path))
            decide(&asked, pattern);
    }
    return asked.verdict;
}
