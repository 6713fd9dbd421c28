/* Bake's JSON → jansson's tree, with its size bounded first. */
#include "config/bake_reading.h"

#include "base/ascii.h"
#include "base/limits.h"

static sp_status fail_text(sp_bake__reading *reading, const char *message)
{
    return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0, "%s", message);
}

/* The offset behind a string that begins at `at`. */
static size_t skip_string(sp_str text, size_t at)
{
    for (at++; at < text.size && text.text[at] != '"'; at++)
        at += text.text[at] == '\\';
    return at < text.size ? at + 1 : text.size;
}

/* Counts values and nesting as a reader of JSON will meet them: jansson has no limit on the one, and one of its own on
   the other. What is no JSON may count as anything. */
static sp_status check_size(sp_bake__reading *reading, sp_str text)
{
    size_t values = 1, depth = 0, deepest = 0;
    for (size_t at = 0; at < text.size;) {
        char byte = text.text[at];
        values += byte == ',' || byte == '[' || byte == '{';
        depth += byte == '[' || byte == '{';
        depth -= (byte == ']' || byte == '}') && depth > 0;
        deepest = depth > deepest ? depth : deepest;
        at = byte == '"' ? skip_string(text, at) : at + 1;
    }
    if (values > SP_LIMIT_BAKE_VALUES)
        return fail_text(reading, "this file has too many values");
    return deepest > SP_LIMIT_BAKE_NESTING ? fail_text(reading, "values nest too deeply") : SP_OK;
}

/* What is not an object is something else: HCL, YAML, nothing at all. */
static sp_status check_start(sp_bake__reading *reading, sp_str text)
{
    sp_str trimmed = sp_str_trim(text);
    if (trimmed.size == 0)
        return fail_text(reading, "this bake file is empty");
    if (trimmed.text[0] == '{')
        return SP_OK;
    return fail_text(reading, "this bake file is not JSON; for one in HCL " SP_BAKE_HINT);
}

/* jansson quotes what it read near the place; the line says as much, and no bytes of a hostile file are shown. */
static sp_status fail_syntax(sp_bake__reading *reading, json_error_t *problem)
{
    enum json_error_code code = json_error_code(problem);
    const char *what = "this is not JSON";
    if (code == json_error_out_of_memory)
        sp_arena_fail(reading->arena);
    if (code == json_error_duplicate_key)
        what = "a key is there twice";
    if (code == json_error_invalid_utf8)
        what = "a text is not UTF-8";
    if (code == json_error_null_character || code == json_error_null_byte_in_key)
        what = "a text has a NUL";
    if (code == json_error_numeric_overflow)
        what = "a number is too large";
    if (code == json_error_premature_end_of_input)
        what = "the text ends too early";
    int line = problem->line > 0 ? problem->line : 0, column = problem->column > 0 && line > 0 ? problem->column : 0;
    return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, (uint32_t)line, (uint32_t)column, "%s", what);
}

sp_status sp_bake__load(sp_bake__reading *reading)
{
    sp_str text = reading->input->text;
    if (text.size > SP_LIMIT_BAKE_BYTES)
        return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0, "larger than %u bytes",
                           SP_LIMIT_BAKE_BYTES);
    sp_status status = check_start(reading, text);
    if (status == SP_OK)
        status = check_size(reading, text);
    if (status != SP_OK)
        return status;
    json_error_t problem;
    reading->root = json_loadb(text.text, text.size, JSON_REJECT_DUPLICATES, &problem);
    return reading->root != NULL ? SP_OK : fail_syntax(reading, &problem);
}

sp_status sp_bake__fail(sp_bake__reading *reading, const sp_bake__place *place, const char *message)
{
    const sp_str parts[] = {place->name, place->key, place->entry};
    sp_str shown = place->block;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && parts[i].size > 0; i++) {
        sp_str part = sp_str_brief(parts[i], 100);
        shown = sp_arena_print(reading->arena, "%.*s.%.*s", SP_STR_ARG(shown), SP_STR_ARG(part));
    }
    return sp_error_at(reading->error, SP_E_CONFIG, reading->input->path, 0, 0, "%.*s %s", SP_STR_ARG(shown), message);
}

sp_status sp_bake__charge(sp_bake__reading *reading, const sp_bake__place *place, size_t entries)
{
    reading->entries += entries;
    if (reading->entries <= SP_LIMIT_BAKE_ENTRIES)
        return SP_OK;
    return sp_bake__fail(reading, place, "is too much: with what is inherited counted each time, too many entries");
}

json_t *sp_bake__find(json_t *body, const char *key)
{
    json_t *value = json_object_get(body, key);
    return json_is_null(value) ? NULL : value;
}

sp_bake__block *sp_bake__named(const sp_bake__blocks *blocks, sp_str name)
{
    uintptr_t position = (uintptr_t)sp_map_find(blocks->by_name, name);
    return position > 0 ? blocks->items.items[position - 1] : NULL;
}

void sp_bake__add(sp_bake__reading *reading, sp_bake__blocks *blocks, sp_bake__block block)
{
    sp_bake__block *kept = sp_arena_new(reading->arena, sp_bake__block);
    *kept = block;
    *sp_list_add(reading->arena, &blocks->items) = kept;
    blocks->by_name =
        sp_map_set(reading->arena, blocks->by_name, kept->name, (const void *)(uintptr_t)blocks->items.count);
}
