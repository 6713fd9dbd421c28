/* What a source of COPY or ADD names: the path itself, or what its wildcards take, less what .dockerignore leaves out.
 */
#include "context/find.h"

#include "base/guard.h"
#include "base/limits.h"
#include "context/glob.h"
#include "context/pattern.h"

/* One question under way. What it remembers is in an arena of its own, which goes with it: a folder may hold much. */
typedef struct finding {
    sp_context_folder *folder;
    sp_arena arena;
    sp_str source;
    bool measuring; /* all files count, not only whether there is one */
    bool kept, left_out, doubted;
    bool absent, unseen; /* nothing is there, or what is there cannot be told */
    uint64_t bytes;
    sp_context_found found; /* texts in `arena`, until it is done */
} finding;

/* Gives up, with the reason; the first one is kept. */
__attribute__((format(printf, 3, 4))) static void doubt(finding *find, const sp_ignore_pattern *by, const char *format,
                                                        ...)
{
    if (find->doubted)
        return;
    va_list arguments;
    va_start(arguments, format);
    find->found.reason = sp_arena_vprint(&find->arena, format, arguments);
    va_end(arguments);
    find->doubted = true;
    find->found.by = by;
}

/* ---- what .dockerignore says ---- */

/* Whether an exception may match something below a folder: it begins as the folder does, as far as it is literal. */
static bool may_match_below(const sp_ignore_pattern *pattern, sp_str folder)
{
    size_t literal = 0;
    while (literal < pattern->text.size && strchr("*?[\\", pattern->text.text[literal]) == NULL)
        literal++;
    if (literal == pattern->text.size)
        return literal > folder.size && pattern->text.text[folder.size] == '/' && sp_str_starts(pattern->text, folder);
    size_t shared = literal < folder.size ? literal : folder.size;
    return sp_str_equal(sp_str_head(pattern->text, shared), sp_str_head(folder, shared)) &&
           (literal <= folder.size || pattern->text.text[folder.size] == '/');
}

static bool may_come_back(const sp_ignore *ignore, sp_str folder)
{
    for (uint32_t i = 0; ignore->exceptions && i < ignore->patterns.count; i++) {
        if (ignore->patterns.items[i].exception && may_match_below(&ignore->patterns.items[i], folder))
            return true;
    }
    return false;
}

/* Whether a path is left out; a doubt when that is not known. */
static bool is_left_out(finding *find, sp_str path, const sp_ignore_pattern **by)
{
    sp_context_folder *folder = find->folder;
    *by = NULL;
    if (folder->ignore == NULL)
        return false;
    sp_ignore_verdict verdict = {.ignored = SP_IGNORED_UNKNOWN};
    if (folder->steps <= SP_LIMIT_CONTEXT_STEPS)
        verdict = sp_ignore_excludes(folder->ignore, path);
    folder->steps += verdict.steps;
    *by = verdict.by;
    if (folder->ignore->reason.size > 0)
        doubt(find, NULL, "%.*s", SP_STR_ARG(folder->ignore->reason));
    else if (verdict.ignored == SP_IGNORED_REFUSED)
        doubt(find, verdict.by, "BuildKit refuses the pattern '%.*s'", SP_STR_ARG(verdict.by->text));
    else if (verdict.ignored == SP_IGNORED_UNKNOWN && verdict.by != NULL)
        doubt(find, verdict.by, "the pattern '%.*s' is not understood", SP_STR_ARG(verdict.by->text));
    else if (verdict.ignored == SP_IGNORED_UNKNOWN)
        doubt(find, NULL, "%.*s has too many patterns for so many files", SP_STR_ARG(folder->path));
    return verdict.ignored == SP_IGNORED_YES;
}

static bool has_patterns(const sp_context_folder *folder)
{
    return folder->ignore != NULL && (folder->ignore->patterns.count > 0 || folder->ignore->reason.size > 0);
}

/* ---- what is in the folder ---- */

/* What a folder holds. False, and a doubt, when it cannot be listed, or too much was already. */
static bool list(finding *find, sp_str path, sp_context_entries *out)
{
    enum { ENTRY = 64 }; /* what one takes beside its name */
    sp_context_folder *folder = find->folder;
    const sp_context_reader *reader = folder->reader;
    uint64_t left = SP_LIMIT_CONTEXT_LISTED - folder->listed, each = ENTRY + path.size;
    size_t most = (size_t)(left / each);
    *out = (sp_context_entries){0};
    bool fine = reader->list(reader->payload, &find->arena, sp_arena_copy(&find->arena, path), most, out);
    uint64_t cost = each;
    for (uint32_t i = 0; i < out->count; i++)
        cost += each + out->items[i].name.size;
    folder->listed = cost < left ? folder->listed + cost : SP_LIMIT_CONTEXT_LISTED;
    if (!fine)
        doubt(find, NULL,
              out->count < most ? "the folder '%.*s' cannot be listed"
                                : "there are too many files to look at all, in '%.*s' for example",
              SP_STR_ARG(path));
    return fine;
}

static sp_str join(finding *find, sp_str folder, sp_str name)
{
    const sp_str parts[] = {folder, SP_STR("/"), name};
    return sp_str_is(folder, ".") ? sp_arena_copy(&find->arena, name) : sp_arena_join(&find->arena, parts, 3);
}

static void keep(finding *find, sp_str path, const sp_context_entry *entry)
{
    if (entry->kind == SP_CONTEXT_FILE)
        find->bytes += entry->bytes;
    if (find->kept)
        return;
    find->kept = true;
    find->found.first = path;
    find->found.kind = entry->kind;
}

static void leave_out(finding *find, sp_str path, const sp_ignore_pattern *by)
{
    if (find->left_out)
        return;
    find->left_out = true;
    find->found.left_out = path;
    if (!find->doubted)
        find->found.by = by;
}

typedef SP_LIST(sp_str) folders;

static bool is_done(const finding *find)
{
    return find->doubted || (find->kept && !find->measuring);
}

/* One thing in a folder that is looked through: kept, or left out; a folder is looked through in its turn. */
static void look_at(finding *find, sp_str path, const sp_context_entry *entry, folders *todo)
{
    const sp_ignore_pattern *by;
    bool out = is_left_out(find, path, &by), is_folder = entry->kind == SP_CONTEXT_FOLDER;
    if (find->doubted)
        return;
    if (entry->kind == SP_CONTEXT_UNKNOWN)
        doubt(find, NULL, "what '%.*s' is cannot be told", SP_STR_ARG(path));
    else if (!out)
        keep(find, path, entry);
    if (is_folder && (!out || may_come_back(find->folder->ignore, path)))
        *sp_list_add(&find->arena, todo) = path;
}

/* Looks through a folder and those in it, until it is clear what was asked. */
static void look_through(finding *find, sp_str top)
{
    folders todo = {0};
    *sp_list_add(&find->arena, &todo) = top;
    for (uint32_t next = 0; next < todo.count && !is_done(find); next++) {
        sp_context_entries entries;
        sp_str path = todo.items[next];
        if (!list(find, path, &entries))
            return;
        for (uint32_t i = 0; i < entries.count && !is_done(find); i++)
            look_at(find, join(find, path, entries.items[i].name), &entries.items[i], &todo);
    }
}

/* ---- the source ---- */

/* Something that a source names, and that is there. */
static void add_named(finding *find, sp_str path, const sp_context_entry *entry)
{
    const sp_ignore_pattern *by;
    bool out = is_left_out(find, path, &by), is_folder = entry->kind == SP_CONTEXT_FOLDER;
    if (find->doubted)
        return;
    if (!out)
        keep(find, path, entry);
    bool kept = find->kept;
    if (is_folder && (out ? may_come_back(find->folder->ignore, path) : find->measuring))
        look_through(find, path);
    if (out && find->kept == kept && !find->doubted)
        leave_out(find, path, by);
}

/* Nobody can look, or nothing is there: only what .dockerignore says of the path. */
static void add_untold(finding *find, sp_str path)
{
    const sp_ignore_pattern *by;
    bool out = is_left_out(find, path, &by);
    if (find->doubted)
        return;
    if (out && may_come_back(find->folder->ignore, path))
        doubt(find, by, "an exception may bring back something in '%.*s'", SP_STR_ARG(path));
    else if (out)
        leave_out(find, path, by);
    else
        find->found.by = by;
}

static sp_context_entry look(finding *find, sp_str path)
{
    const sp_context_reader *reader = find->folder->reader;
    sp_context_entry entry = {.name = SP_STR("")};
    if (reader != NULL && path.size > 0 && sp_str_find(path, '\0') == path.size)
        reader->look(reader->payload, sp_arena_copy(&find->arena, path), &entry);
    if (entry.followed && has_patterns(find->folder) && entry.kind != SP_CONTEXT_ABSENT)
        entry.kind = SP_CONTEXT_UNKNOWN;
    return entry;
}

/* path without wildcards; a '\\' may be one, or escape something */
static void find_path(finding *find)
{
    sp_context_entry entry = look(find, find->source);
    bool escaped = sp_str_find(find->source, '\\') < find->source.size;
    find->absent = entry.kind == SP_CONTEXT_ABSENT && !escaped;
    find->unseen = entry.kind == SP_CONTEXT_UNKNOWN || (entry.kind == SP_CONTEXT_ABSENT && escaped);
    if (find->absent || find->unseen)
        add_untold(find, find->source);
    else
        add_named(find, find->source, &entry);
}

/* The folder before the first name with a wildcard; the rest is `pattern`. */
static sp_str split(sp_str source, sp_str *pattern)
{
    size_t start = 0, end;
    while (end = start + sp_str_find(sp_str_skip(source, start), '/'),
           end < source.size && !sp_context__is_wild(sp_str_head(source, end)))
        start = end + 1;
    *pattern = sp_str_skip(source, start);
    return start > 0 ? sp_str_head(source, start - 1) : SP_STR(".");
}

/* What the last name of the pattern takes is named, what the others take leads on (`out`). */
static void take_match(finding *find, sp_str path, const sp_context_entry *entry, folders *out)
{
    if (out == NULL)
        add_named(find, path, entry);
    else if (entry->kind == SP_CONTEXT_FOLDER)
        *sp_list_add(&find->arena, out) = path;
}

/* One name of the pattern, in one folder. */
static void match_in(finding *find, sp_str folder, sp_str name, bool last, folders *out)
{
    sp_context_entries entries;
    if (!list(find, folder, &entries))
        return;
    for (uint32_t i = 0; i < entries.count && !is_done(find); i++) {
        find->folder->steps += (uint64_t)name.size * entries.items[i].name.size;
        if (find->folder->steps > SP_LIMIT_CONTEXT_STEPS)
            doubt(find, NULL, "there are too many files to compare '%.*s' with", SP_STR_ARG(find->source));
        else if (sp_context__glob_takes(name, entries.items[i].name))
            take_match(find, join(find, folder, entries.items[i].name), &entries.items[i], last ? NULL : out);
    }
}

/* pattern = name { "/" name } */
static void match_all(finding *find, sp_str folder, sp_str pattern)
{
    folders here = {0};
    *sp_list_add(&find->arena, &here) = folder;
    for (bool last = false; !last && here.count > 0 && !is_done(find);) {
        sp_str name = sp_str_head(pattern, sp_str_find(pattern, '/'));
        folders next = {0};
        last = name.size == pattern.size;
        pattern = sp_str_skip(pattern, name.size + 1);
        for (uint32_t i = 0; i < here.count && !is_done(find); i++)
            match_in(find, here.items[i], name, last, &next);
        here = next;
    }
}

static void find_pattern(finding *find)
{
    sp_str pattern, folder = split(find->source, &pattern);
    const sp_ignore_pattern *by;
    sp_context_entry entry = look(find, folder);
    if (is_left_out(find, folder, &by) && !may_come_back(find->folder->ignore, folder))
        leave_out(find, folder, by);
    else if (!sp_ignore__is_valid(pattern))
        doubt(find, NULL, "the pattern '%.*s' is not well-formed", SP_STR_ARG(find->source));
    else if (entry.kind == SP_CONTEXT_FOLDER)
        match_all(find, folder, pattern);
    else if (entry.kind == SP_CONTEXT_UNKNOWN)
        doubt(find, NULL, "which files '%.*s' names is not known", SP_STR_ARG(find->source));
}

/* A bracket may take a '/', and a '\\' may be one: then what was not found may be there. */
static void doubt_nothing(finding *find)
{
    bool odd =
        sp_str_find(find->source, '[') < find->source.size || sp_str_find(find->source, '\\') < find->source.size;
    if (odd && !find->kept && !find->left_out)
        doubt(find, NULL, "which files '%.*s' names is not known", SP_STR_ARG(find->source));
}

static void conclude(finding *find)
{
    sp_context_found *found = &find->found;
    bool out = find->left_out && !find->doubted;
    if (find->kept)
        found->exists = SP_CONTEXT_YES;
    else if (!find->absent && !out && (find->doubted || find->unseen))
        found->exists = SP_CONTEXT_UNTOLD;
    if (out && !find->kept)
        found->excluded = SP_CONTEXT_YES;
    else if (find->doubted && !find->kept)
        found->excluded = SP_CONTEXT_UNTOLD;
}

static sp_status answer(void *payload)
{
    finding *find = payload;
    find->found = (sp_context_found){.first = SP_STR(""), .left_out = SP_STR(""), .reason = SP_STR("")};
    if (!sp_context__is_wild(find->source)) {
        find_path(find);
    } else {
        find_pattern(find);
        doubt_nothing(find);
    }
    conclude(find);
    return SP_OK;
}

/* What was found, in the arena of the document from now on. */
static sp_status keep_found(void *payload)
{
    finding *find = payload;
    sp_context_folder *folder = find->folder;
    sp_context_found *kept = sp_arena_new(folder->arena, sp_context_found);
    *kept = find->found;
    kept->first = sp_arena_copy(folder->arena, kept->first);
    kept->left_out = sp_arena_copy(folder->arena, kept->left_out);
    kept->reason = sp_arena_copy(folder->arena, kept->reason);
    folder->found = sp_map_set(folder->arena, folder->found, sp_arena_copy(folder->arena, find->source), kept);
    return SP_OK;
}

/* Asks, and keeps what is found unless it is only measured. */
static void ask(finding *find)
{
    sp_context_folder *folder = find->folder;
    if (folder->ignore != NULL)
        (void)sp_ignore_excludes(folder->ignore, SP_STR(".")); /* makes its room, in the arena of the document */
    sp_arena_init(&find->arena, folder->arena->alloc);
    sp_status status = sp_guard(&find->arena, answer, find);
    if (status == SP_OK && !find->measuring)
        status = sp_guard(folder->arena, keep_found, find);
    sp_arena_dispose(&find->arena);
    if (status != SP_OK)
        sp_arena_fail(folder->arena);
}

const sp_context_found *sp_context_find(sp_context_folder *folder, sp_str path)
{
    const sp_context_found *found = sp_map_find(folder->found, path);
    if (found != NULL)
        return found;
    finding find = {.folder = folder, .source = path};
    ask(&find);
    return sp_map_find(folder->found, path);
}

bool sp_context_measure(sp_context_folder *folder, sp_str path, uint64_t *bytes)
{
    finding find = {.folder = folder, .source = path, .measuring = true};
    ask(&find);
    *bytes = find.bytes;
    return find.kept && !find.doubted && !find.unseen;
}
