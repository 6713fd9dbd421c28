/* Looking images up in the compiled catalogue. */
#include "image/catalogue.h"

#include "image/catalogue_rows.h"

/* Registries that hand out the images of Docker Hub unchanged, and its own names for one kind of machine: where theirs
   begin, and what that stands for. */
static const struct {
    const char *registry, *repository, *stands_for;
} mirrors[] = {
    {"mirror.gcr.io", "", ""},
    {"public.ecr.aws", "docker/library/", "library/"},
    {"mcr.microsoft.com", "mirror/docker/library/", "library/"},
    {"docker.io", "amd64/", "library/"},
    {"docker.io", "arm32v6/", "library/"},
    {"docker.io", "arm32v7/", "library/"},
    {"docker.io", "arm64v8/", "library/"},
    {"docker.io", "i386/", "library/"},
    {"docker.io", "ppc64le/", "library/"},
    {"docker.io", "riscv64/", "library/"},
    {"docker.io", "s390x/", "library/"},
};

/* The name a repository has on Docker Hub, as registry, first part and rest; a repository of its own is all rest. */
typedef struct hub_place {
    sp_str registry, first, rest;
} hub_place;

static hub_place place_of(const sp_reference *reference)
{
    for (size_t i = 0; i < sizeof mirrors / sizeof mirrors[0]; i++) {
        sp_str prefix = sp_str_from(mirrors[i].repository);
        if (sp_str_equal(reference->registry, sp_str_from(mirrors[i].registry)) &&
            sp_str_starts(reference->repository, prefix))
            return (hub_place){SP_STR("docker.io"), sp_str_from(mirrors[i].stands_for),
                               sp_str_skip(reference->repository, prefix.size)};
    }
    return (hub_place){reference->registry, SP_STR(""), reference->repository};
}

/* Orders the head of a text against a part, and takes it off. */
static int compare_head(sp_str *text, sp_str part)
{
    int order = sp_str_compare(sp_str_head(*text, part.size), part);
    *text = sp_str_skip(*text, part.size);
    return order;
}

/* Orders a row's repository against a place without joining that. */
static int compare_repository(const char *row, const hub_place *place)
{
    sp_str text = sp_str_from(row);
    int order = compare_head(&text, place->registry);
    if (order == 0)
        order = compare_head(&text, SP_STR("/"));
    if (order == 0)
        order = compare_head(&text, place->first);
    return order != 0 ? order : sp_str_compare(text, place->rest);
}

/* The first row of a table that is not before the place. */
static size_t first_row(const sp_image_row *table, size_t size, const hub_place *place)
{
    size_t low = 0, high = size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_repository(table[middle].repository, place) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool row_matches(const sp_image_row *row, sp_str tag)
{
    for (size_t i = 0; row->tags[i] != NULL; i++) {
        if (sp_str_fits(tag, sp_str_from(row->tags[i]), '*'))
            return true;
    }
    return false;
}

const sp_image_row *sp_catalogue_rows_in(const sp_image_row *table, size_t size, const sp_reference *reference,
                                         size_t *count)
{
    *count = 0;
    if (size == 0)
        return NULL;
    hub_place place = place_of(reference);
    size_t first = first_row(table, size, &place), end = first;
    while (end < size && compare_repository(table[end].repository, &place) == 0)
        end++;
    *count = end - first;
    return end > first ? &table[first] : NULL;
}

const sp_image_row *sp_catalogue_rows(const sp_reference *reference, size_t *count)
{
    return sp_catalogue_rows_in(sp_catalogue__rows, sp_catalogue__row_count, reference, count);
}

const sp_image_row *sp_catalogue_find(const sp_reference *reference)
{
    size_t count = 0;
    const sp_image_row *rows = sp_catalogue_rows(reference, &count);
    return sp_catalogue_choose(rows, count, reference);
}

const sp_image_row *sp_catalogue_choose(const sp_image_row *rows, size_t count, const sp_reference *reference)
{
    if (reference->tag.size == 0 && reference->digest.size > 0)
        return count == 1 ? rows : NULL;
    sp_str tag = reference->tag.size > 0 ? reference->tag : SP_STR("latest");
    for (size_t i = 0; i < count; i++) {
        if (row_matches(&rows[i], tag))
            return &rows[i];
    }
    return NULL;
}

const sp_image_row *sp_catalogue_scratch(void)
{
    static const char *const nothing[] = {NULL};
    static const sp_image_row empty = {
        .repository = "scratch",
        .tags = nothing,
        .contains = nothing,
        .lacks = nothing,
        .unknown = nothing,
        .family = "scratch",
        .confidence = SP_OBSERVED,
        .source = "it is the empty image",
    };
    return &empty;
}

bool sp_catalogue_has(const char *const *list, sp_str text)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (sp_str_is(text, list[i]))
            return true;
    }
    return false;
}

const char *sp_catalogue_date(void)
{
    return sp_catalogue__date;
}

const char *sp_catalogue_version(void)
{
    return sp_catalogue__version;
}

size_t sp_catalogue_count(void)
{
    return sp_catalogue__row_count;
}

const sp_image_row *sp_catalogue_at(size_t index)
{
    return &sp_catalogue__rows[index];
}
