/* Any bytes as a .dockerignore, and after a NUL the files of a context, a line each, which are asked for as sources
   too: what is said with a look into the context never contradicts what is said without, and what is there is there. */
#include "base/guard.h"
#include "context/find.h"

#include "fuzz/target.h"

/* Every file is compared with every pattern for every source: more of them, or longer ones, find nothing new, late. */
enum { FILES = 8, FILE_BYTES = 64, IGNORE_BYTES = 256, BYTES = 10 };

/* The files, and what one round needs. */
typedef struct context {
    sp_arena arena;
    sp_str ignore, files[FILES];
    uint32_t count;
} context;

static bool is_clean(sp_str path)
{
    return path.size > 0 && path.text[0] != '/' && path.text[path.size - 1] != '/' &&
           sp_str_search(path, SP_STR("//")) == SIZE_MAX && sp_str_find(path, '.') == path.size &&
           sp_str_find(path, '\0') == path.size;
}

static void look(void *payload, sp_str path, sp_context_entry *out)
{
    const context *is = payload;
    out->kind = sp_str_is(path, ".") ? SP_CONTEXT_FOLDER : SP_CONTEXT_ABSENT;
    for (uint32_t i = 0; i < is->count && out->kind == SP_CONTEXT_ABSENT; i++) {
        sp_str rest = sp_str_skip(is->files[i], path.size);
        if (sp_str_equal(is->files[i], path))
            out->kind = SP_CONTEXT_FILE;
        else if (sp_str_starts(is->files[i], path) && rest.text[0] == '/')
            out->kind = SP_CONTEXT_FOLDER;
    }
    out->bytes = BYTES;
}

static bool has_name(const sp_context_entries *entries, sp_str name)
{
    for (uint32_t i = 0; i < entries->count; i++) {
        if (sp_str_equal(entries->items[i].name, name))
            return true;
    }
    return false;
}

static bool list(void *payload, sp_arena *arena, sp_str path, size_t most, sp_context_entries *out)
{
    const context *is = payload;
    sp_str prefix = sp_str_is(path, ".") ? SP_STR("") : sp_arena_print(arena, "%.*s/", SP_STR_ARG(path));
    for (uint32_t i = 0; i < is->count; i++) {
        sp_str rest = sp_str_skip(is->files[i], prefix.size);
        sp_str name = sp_str_head(rest, sp_str_find(rest, '/'));
        if (!sp_str_starts(is->files[i], prefix) || name.size == 0 || has_name(out, name))
            continue;
        if (out->count == most)
            return false;
        sp_context_kind kind = name.size < rest.size ? SP_CONTEXT_FOLDER : SP_CONTEXT_FILE;
        *sp_list_add(arena, out) = (sp_context_entry){.name = name, .kind = kind, .bytes = BYTES};
    }
    return true;
}

static void check_verdict(sp_ignore *ignore, sp_str path)
{
    sp_ignore_verdict verdict = sp_ignore_excludes(ignore, path), matched = sp_ignore_matches(ignore, path);
    require((ignore->reason.size > 0) >= ignore->refused);
    require(verdict.ignored != SP_IGNORED_YES || (verdict.by != NULL && !verdict.by->exception));
    require(verdict.ignored != SP_IGNORED_NO || verdict.by == NULL || verdict.by->exception);
    require(ignore->reason.size == 0 || verdict.ignored == matched.ignored);
    require(ignore->exceptions || (verdict.ignored == SP_IGNORED_YES) == (matched.ignored == SP_IGNORED_YES) ||
            verdict.ignored >= SP_IGNORED_REFUSED || matched.ignored >= SP_IGNORED_REFUSED);
}

static void check_found(sp_ignore *ignore, const sp_context_found *found)
{
    require((found->exists == SP_CONTEXT_YES) == (found->first.size > 0));
    require(found->exists != SP_CONTEXT_YES || found->excluded != SP_CONTEXT_YES);
    require(found->excluded != SP_CONTEXT_YES || (found->left_out.size > 0 && found->by != NULL));
    require(found->excluded != SP_CONTEXT_UNTOLD || found->reason.size > 0);
    require(found->first.size == 0 || sp_ignore_excludes(ignore, found->first).ignored == SP_IGNORED_NO);
    require(found->left_out.size == 0 || sp_ignore_excludes(ignore, found->left_out).ignored == SP_IGNORED_YES);
}

static void check_source(context *is, sp_ignore *ignore, sp_str source)
{
    const sp_context_reader reader = {look, list, is};
    sp_context_folder seen = {.arena = &is->arena, .path = SP_STR("x"), .ignore = ignore, .reader = &reader};
    sp_context_folder unseen = {.arena = &is->arena, .path = SP_STR("x"), .ignore = ignore};
    const sp_context_found *found = sp_context_find(&seen, source), *guessed = sp_context_find(&unseen, source);
    uint64_t bytes = 0;
    check_found(ignore, found);
    check_found(ignore, guessed);
    require(guessed->exists != SP_CONTEXT_YES);
    require(guessed->exists != SP_CONTEXT_NO || found->exists == SP_CONTEXT_NO);
    require(guessed->excluded == SP_CONTEXT_UNTOLD || guessed->excluded == found->excluded);
    require(sp_context_find(&seen, source) == found);
    if (sp_context_measure(&seen, source, &bytes))
        require(found->exists == SP_CONTEXT_YES && bytes <= (uint64_t)BYTES * is->count);
}

static sp_status check_all(void *payload)
{
    context *is = payload;
    sp_ignore *ignore = sp_ignore_read(&is->arena, is->ignore);
    for (uint32_t i = 0; i < is->count; i++) {
        check_verdict(ignore, is->files[i]);
        check_source(is, ignore, is->files[i]);
    }
    check_source(is, ignore, SP_STR("."));
    check_source(is, ignore, SP_STR("*"));
    return SP_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_str text = {size > 0 ? (const char *)bytes : "", size};
    sp_str ignore = sp_str_head(text, sp_str_find(text, '\0'));
    context is = {.ignore = sp_str_head(ignore, IGNORE_BYTES)};
    sp_arena_init(&is.arena, sp_alloc_default());
    for (sp_str rest = sp_str_skip(text, ignore.size + 1); rest.size > 0 && is.count < FILES;) {
        sp_str file = sp_str_head(rest, sp_str_find(rest, '\n'));
        rest = sp_str_skip(rest, file.size + 1);
        if (file.size <= FILE_BYTES && is_clean(file))
            is.files[is.count++] = file;
    }
    require(sp_guard(&is.arena, check_all, &is) == SP_OK);
    sp_arena_dispose(&is.arena);
    return 0;
}
