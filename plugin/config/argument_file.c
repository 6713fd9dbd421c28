/* A file of build arguments, read as `docker run --env-file` reads one; buildah's are of that form too. */
#include "config/argument_file.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "base/map.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_str path;
    uint32_t line;
    sp_declared_lookup lookup;
    void *payload;
    sp_declared_pairs *out;
    const sp_map *positions; /* name → its position in `out`, plus one */
    sp_error *error;
} reading;

static sp_status fail(const reading *reader, const char *message)
{
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, reader->line, 0, "%s", message);
}

static void add(reading *reader, sp_str name, sp_str value)
{
    sp_declared_pair pair = {.name = name, .value = value, .known = true};
    uintptr_t position = (uintptr_t)sp_map_find(reader->positions, name);
    if (position > 0) {
        reader->out->items[position - 1] = pair;
        return;
    }
    *sp_list_add(reader->arena, reader->out) = pair;
    reader->positions = sp_map_set(reader->arena, reader->positions, name, (const void *)(uintptr_t)reader->out->count);
}

/* line = [ blanks ] [ "#" text | name [ "=" value ] ] */
static sp_status read_line(reading *reader, sp_str line)
{
    while (line.size > 0 && sp_ascii_is_space(line.text[0]))
        line = sp_str_skip(line, 1);
    if (line.size == 0 || line.text[0] == '#')
        return SP_OK;
    size_t end = sp_str_find(line, '=');
    sp_str name = sp_str_head(line, end), value;
    if (name.size == 0)
        return fail(reader, "a name is missing before '='; write NAME=value");
    if (sp_str_find(line, '\0') < line.size)
        return fail(reader, "this line has a NUL; a file of arguments is text");
    if (sp_str_find(name, ' ') < name.size || sp_str_find(name, '\t') < name.size)
        return fail(reader, "the name of an argument has no space; write NAME=value");
    if (end < line.size)
        add(reader, name, sp_str_skip(line, end + 1));
    else if (reader->lookup != NULL && reader->lookup(reader->payload, name, &value))
        add(reader, name, value);
    if (reader->out->count > SP_LIMIT_DOTENV_VARIABLES)
        return fail(reader, "too many arguments");
    return SP_OK;
}

/* file = [ byte order mark ] { line ( "\n" | "\r\n" ) } */
sp_status sp_argument_file_read(sp_arena *arena, sp_str path, sp_str text, sp_declared_lookup lookup, void *payload,
                                sp_declared_pairs *out, sp_error *error)
{
    reading reader = {.arena = arena, .path = path, .lookup = lookup, .payload = payload, .out = out, .error = error};
    if (text.size > SP_LIMIT_YAML_BYTES)
        return sp_error_at(error, SP_E_CONFIG, path, 0, 0, "larger than %u bytes", SP_LIMIT_YAML_BYTES);
    for (uint32_t i = 0; i < out->count; i++)
        reader.positions = sp_map_set(arena, reader.positions, out->items[i].name, (const void *)(uintptr_t)(i + 1));
    sp_str rest = sp_arena_copy(arena, text);
    if (sp_str_starts(rest, SP_STR("\xEF\xBB\xBF")))
        rest = sp_str_skip(rest, 3);
    while (rest.size > 0) {
        sp_str line = sp_str_head(rest, sp_str_find(rest, '\n'));
        rest = sp_str_skip(rest, line.size + 1);
        reader.line++;
        sp_status status =
            read_line(&reader, sp_str_ends(line, SP_STR("\r")) ? sp_str_head(line, line.size - 1) : line);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}
