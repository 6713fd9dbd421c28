/* Any text as an image reference: one that is taken is the same when it is read again from its canonical form, and the
   catalogue finds for it what a search through all rows finds. */
#include "image/catalogue.h"

#include "fuzz/target.h"

static bool is_slice(sp_str part, sp_str whole)
{
    return part.size == 0 || (part.text >= whole.text && part.text + part.size <= whole.text + whole.size);
}

static void check_bytes(sp_str text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@[]";
    for (size_t i = 0; i < text.size; i++)
        require(text.text[i] != '\0' && strchr(allowed, text.text[i]) != NULL);
}

/* The canonical form is the parts with their separators. */
static void check_parts(sp_arena *arena, const sp_reference *reference)
{
    bool bare = reference->tag.size == 0 && reference->digest.size == 0;
    const sp_str parts[] = {
        reference->registry,
        SP_STR("/"),
        reference->repository,
        bare || reference->tag.size > 0 ? SP_STR(":") : SP_STR(""),
        bare ? SP_STR("latest") : reference->tag,
        reference->digest.size > 0 ? SP_STR("@") : SP_STR(""),
        reference->digest,
    };
    require(sp_str_equal(reference->canonical, sp_arena_join(arena, parts, sizeof parts / sizeof *parts)));
    require(is_slice(reference->registry, reference->canonical) && reference->registry.size > 0);
    require(is_slice(reference->repository, reference->canonical) && is_slice(reference->name, reference->repository));
    require(is_slice(reference->tag, reference->canonical) && is_slice(reference->digest, reference->canonical));
    require(reference->name.size > 0 && sp_str_find(reference->name, '/') == reference->name.size);
    require(sp_str_ends(reference->repository, reference->name));
    require(reference->digest.size == 0 || sp_reference_is_digest(reference->digest));
}

static void check_again(sp_arena *arena, const sp_reference *reference)
{
    sp_reference again;
    sp_str problem;
    require(sp_reference_parse(arena, reference->canonical, &again, &problem));
    require(sp_str_equal(again.canonical, reference->canonical));
    require(sp_str_equal(again.registry, reference->registry));
    require(sp_str_equal(again.repository, reference->repository));
    require(sp_str_equal(again.name, reference->name) && sp_str_equal(again.digest, reference->digest));
    require(sp_catalogue_find(&again) == sp_catalogue_find(reference));
}

static bool has_tag(const sp_image_row *row, sp_str tag)
{
    size_t i = 0;
    while (row->tags[i] != NULL && !sp_str_fits(tag, sp_str_from(row->tags[i]), '*'))
        i++;
    return row->tags[i] != NULL;
}

/* The rows of a repository are all rows of its name; of an image that has another name there, all of that one. */
static void check_rows(const sp_reference *reference)
{
    size_t count = 0;
    const sp_image_row *rows = sp_catalogue_rows(reference, &count);
    sp_str own = sp_str_head(reference->canonical, reference->registry.size + 1 + reference->repository.size);
    require((rows == NULL) == (count == 0));
    for (size_t i = 0; i < sp_catalogue_count(); i++) {
        const sp_image_row *row = sp_catalogue_at(i);
        bool inside = count > 0 && row >= rows && row < rows + count;
        require(inside || !sp_str_is(own, row->repository));
        require(count == 0 || inside == (strcmp(row->repository, rows->repository) == 0));
    }
}

/* The first row that matches counts; a digest alone may be any. */
static void check_found(const sp_reference *reference)
{
    size_t count = 0, first = 0;
    const sp_image_row *rows = sp_catalogue_rows(reference, &count), *found = sp_catalogue_find(reference);
    if (reference->tag.size == 0 && reference->digest.size > 0) {
        require(found == (count == 1 ? rows : NULL));
        return;
    }
    sp_str tag = reference->tag.size > 0 ? reference->tag : SP_STR("latest");
    while (first < count && !has_tag(&rows[first], tag))
        first++;
    require(found == (first < count ? &rows[first] : NULL));
}

static void check_reference(sp_arena *arena, sp_str text)
{
    sp_reference reference;
    sp_str problem = {0};
    if (!sp_reference_parse(arena, text, &reference, &problem)) {
        require(problem.size > 0);
        return;
    }
    check_bytes(text);
    check_parts(arena, &reference);
    check_again(arena, &reference);
    check_rows(&reference);
    check_found(&reference);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    sp_arena arena;
    jmp_buf here;
    sp_arena_init(&arena, sp_alloc_default());
    sp_arena_recover(&arena, &here);
    if (setjmp(here) == 0)
        check_reference(&arena, (sp_str){(const char *)bytes, size});
    sp_arena_dispose(&arena);
    return 0;
}
