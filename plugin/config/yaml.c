/* libyaml's events → a tree with places. Aliases share the tree of their anchor. */
#include "config/yaml.h"

#include "base/guard.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/suggest.h"

#include <stdlib.h>

#include <yaml.h>

/* One reading. The parser and the event are libyaml's memory: sp_yaml_read holds them, outside the guarded work. */
typedef struct reading {
    yaml_parser_t parser;
    yaml_event_t event; /* the one under way */
    bool has_event;
    sp_arena *arena;
    sp_str path, text;
    sp_error *error;
    const sp_map *anchors; /* name → sp_yaml */
    const sp_yaml *root;
} reading;

static sp_status fail_at_mark(reading *reader, yaml_mark_t mark, const char *message)
{
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1,
                       "%s", message);
}

/* Bytes that are no text, found before there are lines: libyaml gives an offset. */
static sp_status fail_reading(reading *reader)
{
    size_t offset = reader->parser.problem_offset;
    sp_str before = sp_str_head(reader->text, offset);
    uint32_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < before.size; i++) {
        if (before.text[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, line, (uint32_t)(before.size - start) + 1,
                       "this is not UTF-8 text (%s)", reader->parser.problem);
}

static sp_str line_of(sp_str text, size_t line)
{
    while (line > 0 && text.size > 0) {
        text = sp_str_skip(text, sp_str_find(text, '\n') + 1);
        line--;
    }
    return sp_str_head(text, sp_str_find(text, '\n'));
}

/* What libyaml did not understand. The usual reason deserves its own sentence: a tab before the first word. */
static sp_status fail_parsing(reading *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        sp_arena_fail(reader->arena);
    if (parser->error == YAML_READER_ERROR)
        return fail_reading(reader);
    yaml_mark_t mark = parser->problem_mark;
    sp_str line = line_of(reader->text, mark.line);
    for (size_t i = 0; i < line.size && (line.text[i] == ' ' || line.text[i] == '\t'); i++) {
        if (line.text[i] != '\t')
            continue;
        mark.column = i;
        return fail_at_mark(reader, mark, "a tab indents this line; YAML wants spaces");
    }
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1,
                       "this is not YAML: %s%s%s", parser->context != NULL ? parser->context : "",
                       parser->context != NULL ? ", " : "", parser->problem != NULL ? parser->problem : "");
}

static void drop_event(reading *reader)
{
    if (reader->has_event)
        yaml_event_delete(&reader->event);
    reader->has_event = false;
}

static sp_status next_event(reading *reader)
{
    drop_event(reader);
    if (!yaml_parser_parse(&reader->parser, &reader->event))
        return fail_parsing(reader);
    reader->has_event = true;
    return SP_OK;
}

static sp_str text_of(const yaml_char_t *text)
{
    return sp_str_from((const char *)text);
}

static sp_yaml *value_new(reading *reader, sp_yaml_kind kind)
{
    sp_yaml *value = sp_arena_new(reader->arena, sp_yaml);
    value->kind = kind;
    value->height = 1;
    value->line = (uint32_t)reader->event.start_mark.line + 1;
    value->column = (uint32_t)reader->event.start_mark.column + 1;
    return value;
}

/* A collection may be used only after its end, so a value never holds itself. */
static sp_status remember(reading *reader, sp_str anchor, const sp_yaml *value)
{
    if (anchor.size == 0)
        return SP_OK;
    if (sp_map_count(reader->anchors) >= SP_LIMIT_YAML_ANCHORS)
        return sp_error_at(reader->error, SP_E_CONFIG, reader->path, value->line, value->column, "more than %u anchors",
                           SP_LIMIT_YAML_ANCHORS);
    reader->anchors = sp_map_set(reader->arena, reader->anchors, anchor, value);
    return SP_OK;
}

static sp_status check_tag(reading *reader, const yaml_char_t *tag, bool *is_text)
{
    sp_str name = text_of(tag);
    *is_text = sp_str_equal(name, SP_STR("!")) || sp_str_equal(name, SP_STR("tag:yaml.org,2002:str"));
    if (name.size == 0 || *is_text)
        return SP_OK;
    return fail_at_mark(reader, reader->event.start_mark, "tags are not used here; write the value without one");
}

/* scalar = [ anchor ] [ tag ] text */
static sp_status read_scalar(reading *reader, const sp_yaml **out)
{
    bool is_text = false;
    sp_status status = check_tag(reader, reader->event.data.scalar.tag, &is_text);
    if (status != SP_OK)
        return status;
    sp_str text = {(const char *)reader->event.data.scalar.value, reader->event.data.scalar.length};
    if (sp_str_find(text, '\0') < text.size)
        return fail_at_mark(reader, reader->event.start_mark, "a text may not hold the NUL character");
    sp_yaml *value = value_new(reader, SP_YAML_SCALAR);
    value->scalar = sp_arena_copy(reader->arena, text);
    value->quoted = is_text || reader->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    sp_str anchor = sp_arena_copy(reader->arena, text_of(reader->event.data.scalar.anchor));
    *out = value;
    return remember(reader, anchor, value);
}

/* alias = "*" name, of an anchor that has ended */
static sp_status read_alias(reading *reader, unsigned depth, const sp_yaml **out)
{
    sp_str name = text_of(reader->event.data.alias.anchor);
    const sp_yaml *value = sp_map_find(reader->anchors, name);
    yaml_mark_t mark = reader->event.start_mark;
    if (value == NULL)
        return sp_error_at(reader->error, SP_E_CONFIG, reader->path, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1,
                           "no anchor '&%.*s' ends before this alias", SP_STR_ARG(name));
    if (depth + value->height - 1 > SP_LIMIT_YAML_DEPTH)
        return fail_at_mark(reader, mark, "values nest too deeply through this alias");
    *out = value;
    return SP_OK;
}

static sp_status read_value(reading *reader, unsigned depth, const sp_yaml **out);

static void raise_height(sp_yaml *value, const sp_yaml *item)
{
    if (item->height >= value->height)
        value->height = item->height + 1;
}

/* sequence = { value } */
static sp_status read_sequence(reading *reader, unsigned depth, sp_yaml *value)
{
    for (;;) {
        sp_status status = next_event(reader);
        if (status != SP_OK || reader->event.type == YAML_SEQUENCE_END_EVENT)
            return status;
        const sp_yaml *item = NULL;
        status = read_value(reader, depth + 1, &item);
        if (status != SP_OK)
            return status;
        raise_height(value, item);
        *sp_list_add(reader->arena, &value->items) = item;
    }
}

static int compare_keys(const void *a, const void *b)
{
    const sp_yaml *first = *(const sp_yaml *const *)a, *second = *(const sp_yaml *const *)b;
    int order = sp_str_compare(first->scalar, second->scalar);
    if (order != 0)
        return order;
    if (first->line != second->line)
        return first->line < second->line ? -1 : 1;
    return (first->column > second->column) - (first->column < second->column);
}

static bool is_before(const sp_yaml *a, const sp_yaml *b)
{
    return a->line < b->line || (a->line == b->line && a->column < b->column);
}

/* The first key, in order of place, that was there before; a sorted copy keeps this cheap for any number of keys. */
static sp_status check_twice(reading *reader, const sp_yaml *mapping)
{
    uint32_t count = mapping->keys.count;
    if (count < 2)
        return SP_OK;
    const sp_yaml **sorted = sp_arena_alloc(reader->arena, count * sizeof *sorted);
    memcpy(sorted, mapping->keys.items, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_keys);
    const sp_yaml *twice = NULL, *first = NULL;
    for (uint32_t i = 1; i < count; i++) {
        if (!sp_str_equal(sorted[i - 1]->scalar, sorted[i]->scalar) || (twice != NULL && !is_before(sorted[i], twice)))
            continue;
        first = sorted[i - 1];
        twice = sorted[i];
    }
    if (twice == NULL)
        return SP_OK;
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, twice->line, twice->column,
                       "the key '%.*s' is here for the second time (first on line %u)", SP_STR_ARG(twice->scalar),
                       first->line);
}

/* mapping = { scalar value } */
static sp_status read_mapping(reading *reader, unsigned depth, sp_yaml *value)
{
    for (;;) {
        sp_status status = next_event(reader);
        if (status != SP_OK)
            return status;
        if (reader->event.type == YAML_MAPPING_END_EVENT)
            return check_twice(reader, value);
        yaml_mark_t mark = reader->event.start_mark;
        const sp_yaml *key = NULL, *item = NULL;
        status = read_value(reader, depth + 1, &key);
        if (status != SP_OK)
            return status;
        if (key->kind != SP_YAML_SCALAR)
            return fail_at_mark(reader, mark, "a key must be a plain text");
        status = next_event(reader);
        if (status == SP_OK)
            status = read_value(reader, depth + 1, &item);
        if (status != SP_OK)
            return status;
        raise_height(value, item);
        *sp_list_add(reader->arena, &value->keys) = key;
        *sp_list_add(reader->arena, &value->items) = item;
    }
}

/* collection = [ anchor ] ( sequence | mapping ) */
static sp_status read_collection(reading *reader, unsigned depth, const sp_yaml **out)
{
    bool is_mapping = reader->event.type == YAML_MAPPING_START_EVENT;
    if (depth >= SP_LIMIT_YAML_DEPTH)
        return fail_at_mark(reader, reader->event.start_mark, "values nest too deeply");
    bool is_text = false;
    const yaml_char_t *tag = is_mapping ? reader->event.data.mapping_start.tag : reader->event.data.sequence_start.tag;
    sp_status status = check_tag(reader, tag, &is_text);
    if (status != SP_OK)
        return status;
    const yaml_char_t *name =
        is_mapping ? reader->event.data.mapping_start.anchor : reader->event.data.sequence_start.anchor;
    sp_str anchor = sp_arena_copy(reader->arena, text_of(name));
    sp_yaml *value = value_new(reader, is_mapping ? SP_YAML_MAPPING : SP_YAML_SEQUENCE);
    status = is_mapping ? read_mapping(reader, depth, value) : read_sequence(reader, depth, value);
    if (status != SP_OK)
        return status;
    *out = value;
    return remember(reader, anchor, value);
}

/* value = scalar | alias | collection; the event under way is its first */
static sp_status read_value(reading *reader, unsigned depth, const sp_yaml **out)
{
    if (reader->event.type == YAML_SCALAR_EVENT)
        return read_scalar(reader, out);
    if (reader->event.type == YAML_ALIAS_EVENT)
        return read_alias(reader, depth, out);
    return read_collection(reader, depth, out);
}

static bool is_null(const sp_yaml *value)
{
    if (value->kind != SP_YAML_SCALAR || value->quoted)
        return false;
    return value->scalar.size == 0 || sp_str_equal(value->scalar, SP_STR("~")) ||
           sp_str_equal_nocase(value->scalar, SP_STR("null"));
}

/* stream = start [ document-start value document-end ] end */
static sp_status read_stream(void *payload)
{
    reading *reader = payload;
    sp_status status = next_event(reader);
    if (status == SP_OK)
        status = next_event(reader);
    if (status != SP_OK)
        return status;
    sp_yaml *empty = value_new(reader, SP_YAML_MAPPING);
    reader->root = empty;
    if (reader->event.type == YAML_STREAM_END_EVENT)
        return SP_OK;
    status = next_event(reader);
    if (status == SP_OK)
        status = read_value(reader, 0, &reader->root);
    if (status == SP_OK)
        status = next_event(reader);
    if (status == SP_OK)
        status = next_event(reader);
    if (status == SP_OK && reader->event.type != YAML_STREAM_END_EVENT)
        return fail_at_mark(reader, reader->event.start_mark, "a second document begins here; only one is read");
    if (status == SP_OK && is_null(reader->root))
        reader->root = empty;
    return status;
}

sp_status sp_yaml_read(sp_arena *arena, sp_str path, sp_str text, const sp_yaml **out, sp_error *error)
{
    if (text.size > SP_LIMIT_YAML_BYTES)
        return sp_error_at(error, SP_E_CONFIG, path, 0, 0, "larger than %u bytes", SP_LIMIT_YAML_BYTES);
    reading reader = {.arena = arena, .path = path, .text = text, .error = error};
    if (!yaml_parser_initialize(&reader.parser))
        sp_arena_fail(arena);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text.text, text.size);
    sp_status status = sp_guard(arena, read_stream, &reader);
    drop_event(&reader);
    yaml_parser_delete(&reader.parser);
    if (status == SP_E_MEMORY)
        sp_arena_fail(arena);
    *out = reader.root;
    return status;
}

const sp_yaml *sp_yaml_find(const sp_yaml *mapping, const char *key)
{
    if (mapping == NULL || mapping->kind != SP_YAML_MAPPING)
        return NULL;
    for (uint32_t i = 0; i < mapping->keys.count; i++) {
        if (sp_str_equal(mapping->keys.items[i]->scalar, sp_str_from(key)))
            return mapping->items.items[i];
    }
    return NULL;
}

static sp_status fail_kind(const sp_yaml *value, sp_str path, const char *what, const char *wanted, sp_error *error)
{
    return sp_error_at(error, SP_E_CONFIG, path, value->line, value->column, "%s must be %s", what, wanted);
}

sp_status sp_yaml_boolean(const sp_yaml *value, sp_str path, const char *what, bool *out, sp_error *error)
{
    bool plain = value->kind == SP_YAML_SCALAR && !value->quoted;
    if (plain && sp_str_equal_nocase(value->scalar, SP_STR("true")))
        *out = true;
    else if (plain && sp_str_equal_nocase(value->scalar, SP_STR("false")))
        *out = false;
    else
        return fail_kind(value, path, what, "true or false", error);
    return SP_OK;
}

sp_status sp_yaml_integer(const sp_yaml *value, sp_str path, const char *what, int64_t *out, sp_error *error)
{
    bool plain = value->kind == SP_YAML_SCALAR && !value->quoted;
    bool negative = plain && sp_str_starts(value->scalar, SP_STR("-"));
    uint64_t magnitude = 0;
    if (!plain || !sp_str_to_uint(sp_str_skip(value->scalar, negative), &magnitude) || magnitude > INT64_MAX)
        return fail_kind(value, path, what, "a whole number", error);
    *out = negative ? -(int64_t)magnitude : (int64_t)magnitude;
    return SP_OK;
}

sp_status sp_yaml_text(const sp_yaml *value, sp_str path, const char *what, sp_str *out, sp_error *error)
{
    if (value->kind != SP_YAML_SCALAR || is_null(value))
        return fail_kind(value, path, what, "a text", error);
    *out = value->scalar;
    return SP_OK;
}

static bool is_among(sp_str name, const sp_str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_str_equal(name, names[i]))
            return true;
    }
    return false;
}

sp_status sp_yaml_check_keys(const sp_yaml *mapping, sp_str path, const sp_str *allowed, size_t count, sp_error *error)
{
    for (uint32_t i = 0; i < mapping->keys.count; i++) {
        const sp_yaml *key = mapping->keys.items[i];
        if (is_among(key->scalar, allowed, count))
            continue;
        sp_str meant = sp_suggest(key->scalar, allowed, count);
        if (meant.size > 0)
            return sp_error_at(error, SP_E_CONFIG, path, key->line, key->column,
                               "unknown key '%.*s'; did you mean '%.*s'?", SP_STR_ARG(key->scalar), SP_STR_ARG(meant));
        return sp_error_at(error, SP_E_CONFIG, path, key->line, key->column, "unknown key '%.*s'",
                           SP_STR_ARG(key->scalar));
    }
    return SP_OK;
}
