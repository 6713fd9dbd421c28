/* Any texts as compose files with their `.env`, a bake file or a file of arguments: builds that are whole, or an error
   with a message; and the same a second time.

   input = kind text { FORM-FEED text }
   kind  = 'c' compose files, each over those before · 'e' the same, after a `.env` · 'b' a bake file ·
           't' the same, after a target · 'a' arguments */
#include "engine/tool.h"

#include "fuzz/target.h"

#include <string.h>

enum { MOST_TEXTS = 4 };

typedef struct input {
    char kind;
    char *texts[MOST_TEXTS]; /* NUL-terminated */
    size_t sizes[MOST_TEXTS];
    size_t count;
} input;

static void add_text(input *in, const char *bytes, size_t size)
{
    char *text = malloc(size + 1);
    require(text != NULL);
    memcpy(text, bytes, size);
    text[size] = '\0';
    in->texts[in->count] = text;
    in->sizes[in->count++] = size;
}

static void cut(input *in, const char *bytes, size_t size)
{
    in->kind = bytes[0];
    const char *next = bytes + 1, *end = bytes + size;
    while (in->count + 1 < MOST_TEXTS) {
        const char *feed = memchr(next, '\f', (size_t)(end - next));
        if (feed == NULL)
            break;
        add_text(in, next, (size_t)(feed - next));
        next = feed + 1;
    }
    add_text(in, next, (size_t)(end - next));
}

static const char *environment(void *payload, const char *name)
{
    (void)payload;
    return name[0] == 'E' ? "given" : NULL;
}

/* Every file that a compose file names is the last text. */
static char *open_other(void *payload, const char *path, size_t *size)
{
    const input *in = payload;
    (void)path;
    *size = in->sizes[in->count - 1];
    char *copy = malloc(*size + 1);
    if (copy != NULL)
        memcpy(copy, in->texts[in->count - 1], *size + 1);
    return copy;
}

static sp_status read_builds(input *in, sp_tool_builds **out)
{
    static const char *const paths[MOST_TEXTS] = {"one.yaml", "two.yaml", "three.yaml", "four.yaml"};
    sp_tool_text files[MOST_TEXTS];
    for (size_t i = 0; i < in->count; i++)
        files[i] = (sp_tool_text){paths[i], in->texts[i], in->sizes[i]};
    size_t first_apart = (in->kind == 'e' || in->kind == 't') && in->count > 1;
    sp_tool_declaring declaring = {
        .kind = in->kind == 'a'          ? SP_TOOL_ARGUMENTS
                : strchr("bt", in->kind) ? SP_TOOL_BAKE
                                         : SP_TOOL_COMPOSE,
        .files = files + first_apart,
        .count = in->count - first_apart,
        .selected = in->kind == 't' && first_apart ? in->texts[0] : NULL,
        .variables = in->kind == 'e' && first_apart ? files : NULL,
        .environment = environment,
        .open = open_other,
        .payload = in,
    };
    sp_error error;
    SP_INIT(error);
    sp_status status = sp_tool_builds_read(&declaring, out, &error);
    require(status == SP_OK || (status == SP_E_CONFIG && error.message[0] != '\0'));
    return status;
}

static void check_pairs(const char *const *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        require(strchr(pairs[i], '=') != NULL);
}

static void check_build(const sp_tool_build *build)
{
    require(build->name != NULL && build->path != NULL && build->context != NULL);
    require(build->dockerfile != NULL || build->inline_text != NULL);
    check_pairs(build->arguments, build->argument_count);
    check_pairs(build->contexts, build->context_count);
    for (size_t i = 0; i < build->platform_count; i++)
        require(build->platforms[i] != NULL);
}

/* The same builds both times. */
static void compare(const sp_tool_builds *one, const sp_tool_builds *other)
{
    const sp_tool_build *build;
    size_t i = 0;
    for (; (build = sp_tool_builds_at(one, i)) != NULL; i++) {
        check_build(build);
        const sp_tool_build *same = sp_tool_builds_at(other, i);
        require(same != NULL && strcmp(same->name, build->name) == 0 && same->argument_count == build->argument_count);
    }
    require(sp_tool_builds_at(other, i) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    input in = {0};
    sp_tool_builds *one = NULL, *other = NULL;
    if (size == 0 || strchr("cebta", bytes[0]) == NULL || bytes[0] == '\0')
        return 0;
    cut(&in, (const char *)bytes, size);
    sp_status status = read_builds(&in, &one);
    require(read_builds(&in, &other) == status);
    if (status == SP_OK)
        compare(one, other);
    sp_tool_builds_free(one);
    sp_tool_builds_free(other);
    for (size_t i = 0; i < in.count; i++)
        free(in.texts[i]);
    return 0;
}
