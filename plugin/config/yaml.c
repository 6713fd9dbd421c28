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
    bool is_compose;
    const sp_map *anchors;       /* of the document: name → sp_yaml */
    unsigned values;             /* so far */
    unsigned merged;             /* keys of the mappings with `<<` so far */
    sp_yaml_documents documents; /* at most one, unless compose's */
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

/* What people write by hand for us is bounded by its bytes; a compose file may be anybody's. */
static sp_status count_value(reading *reader)
{
    if (!reader->is_compose || ++reader->values <= SP_LIMIT_YAML_VALUES)
        return SP_OK;
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, (uint32_t)reader->event.start_mark.line + 1,
                       (uint32_t)reader->event.start_mark.column + 1, "more than %u values", SP_LIMIT_YAML_VALUES);
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

/* What a tag says: `is_text` of a scalar, as every tag of one's own does; `mark` of any value. */
static sp_status read_tag(reading *reader, const yaml_char_t *tag, bool *is_text, sp_yaml_mark *mark)
{
    sp_str name = text_of(tag);
    *is_text = sp_str_equal(name, SP_STR("!")) || sp_str_equal(name, SP_STR("tag:yaml.org,2002:str"));
    if (name.size == 0 || *is_text)
        return SP_OK;
    if (!reader->is_compose)
        return fail_at_mark(reader, reader->event.start_mark, "tags are not used here; write the value without one");
    *is_text = !sp_str_starts(name, SP_STR("tag:yaml.org,2002:"));
    if (sp_str_equal(name, SP_STR("!reset")))
        *mark = SP_YAML_RESET;
    if (sp_str_equal(name, SP_STR("!override")))
        *mark = SP_YAML_OVERRIDE;
    return SP_OK;
}

/* scalar = [ anchor ] [ tag ] text */
static sp_status read_scalar(reading *reader, const sp_yaml **out)
{
    bool is_text = false;
    sp_yaml_mark mark = SP_YAML_UNMARKED;
    sp_status status = count_value(reader);
    if (status == SP_OK)
        status = read_tag(reader, reader->event.data.scalar.tag, &is_text, &mark);
    if (status != SP_OK)
        return status;
    sp_str text = {(const char *)reader->event.data.scalar.value, reader->event.data.scalar.length};
    if (sp_str_find(text, '\0') < text.size)
        return fail_at_mark(reader, reader->event.start_mark, "a text may not hold the NUL character");
    sp_yaml *value = value_new(reader, SP_YAML_SCALAR);
    value->scalar = sp_arena_copy(reader->arena, text);
    value->mark = mark;
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

/* One key of a mapping with `<<`: its own, or one that a merged mapping brings. */
typedef struct merged_key {
    const sp_yaml *key, *item;
    uint32_t order;
    bool is_hidden;
} merged_key;

typedef SP_LIST(merged_key) merged_keys;

static int compare_merged(const void *a, const void *b)
{
    const merged_key *first = a, *second = b;
    int order = sp_str_compare(first->key->scalar, second->key->scalar);
    return order != 0 ? order : (first->order > second->order) - (first->order < second->order);
}

static int compare_order(const void *a, const void *b)
{
    const merged_key *first = a, *second = b;
    return (first->order > second->order) - (first->order < second->order);
}

static bool is_merge(const sp_yaml *key)
{
    return !key->quoted && sp_str_equal(key->scalar, SP_STR("<<"));
}

static sp_status add_keys(reading *reader, const sp_yaml *mapping, merged_keys *keys)
{
    reader->merged += mapping->keys.count;
    if (reader->merged > SP_LIMIT_YAML_MERGED_KEYS)
        return sp_error_at(reader->error, SP_E_CONFIG, reader->path, mapping->line, mapping->column,
                           "more than %u keys come by '<<'", SP_LIMIT_YAML_MERGED_KEYS);
    for (uint32_t i = 0; i < mapping->keys.count; i++) {
        merged_key added = {.key = mapping->keys.items[i], .item = mapping->items.items[i], .order = keys->count};
        if (!is_merge(added.key))
            *sp_list_add(reader->arena, keys) = added;
    }
    return SP_OK;
}

/* merge = "<<:" ( mapping | "[" { mapping } "]" ) */
static sp_status add_merged(reading *reader, const sp_yaml *merge, merged_keys *keys)
{
    if (merge->kind == SP_YAML_MAPPING)
        return add_keys(reader, merge, keys);
    bool fits = merge->kind == SP_YAML_SEQUENCE;
    for (uint32_t i = 0; fits && i < merge->items.count; i++) {
        fits = merge->items.items[i]->kind == SP_YAML_MAPPING;
        sp_status status = fits ? add_keys(reader, merge->items.items[i], keys) : SP_OK;
        if (status != SP_OK)
            return status;
    }
    return fits ? SP_OK
                : sp_yaml_fail_kind(merge, reader->path, "'<<'", "a mapping or a list of mappings", reader->error);
}

/* The first of equal keys hides the others. A reset one is as if it were not written, but what it says of earlier files
   stays: the value that shows then stands for it and for itself. */
static void hide_merged(reading *reader, merged_keys *keys)
{
    qsort(keys->items, keys->count, sizeof *keys->items, compare_merged);
    for (uint32_t first = 0, next; first < keys->count; first = next) {
        merged_key *shown = &keys->items[first];
        for (next = first + 1; next < keys->count; next++) {
            merged_key *other = &keys->items[next];
            if (!sp_str_equal(other->key->scalar, shown->key->scalar))
                break;
            other->is_hidden = true;
            if (shown->item->mark != SP_YAML_RESET || other->item->mark == SP_YAML_RESET)
                continue;
            sp_yaml *value = sp_arena_new(reader->arena, sp_yaml);
            *value = *other->item;
            value->mark = SP_YAML_OVERRIDE;
            shown->item = value;
        }
    }
    qsort(keys->items, keys->count, sizeof *keys->items, compare_order);
}

/* The keys that `<<` brings, behind its own. Values are shared, so this costs a pointer a key. */
static sp_status merge_mapping(reading *reader, sp_yaml *mapping, const sp_yaml *merge)
{
    merged_keys keys = {0};
    sp_status status = add_keys(reader, mapping, &keys);
    if (status == SP_OK)
        status = add_merged(reader, merge, &keys);
    if (status != SP_OK)
        return status;
    hide_merged(reader, &keys);
    mapping->keys.count = mapping->items.count = 0;
    mapping->height = 1;
    for (uint32_t i = 0; i < keys.count; i++) {
        if (keys.items[i].is_hidden)
            continue;
        *sp_list_add(reader->arena, &mapping->keys) = keys.items[i].key;
        *sp_list_add(reader->arena, &mapping->items) = keys.items[i].item;
        raise_height(mapping, keys.items[i].item);
    }
    return SP_OK;
}

static sp_status finish_mapping(reading *reader, sp_yaml *mapping)
{
    sp_status status = check_twice(reader, mapping);
    for (uint32_t i = 0; status == SP_OK && reader->is_compose && i < mapping->keys.count; i++) {
        if (is_merge(mapping->keys.items[i]))
            return merge_mapping(reader, mapping, mapping->items.items[i]);
    }
    return status;
}

/* mapping = { scalar value } */
static sp_status read_mapping(reading *reader, unsigned depth, sp_yaml *value)
{
    for (;;) {
        sp_status status = next_event(reader);
        if (status != SP_OK)
            return status;
        if (reader->event.type == YAML_MAPPING_END_EVENT)
            return finish_mapping(reader, value);
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
    sp_yaml_mark mark = SP_YAML_UNMARKED;
    const yaml_char_t *tag = is_mapping ? reader->event.data.mapping_start.tag : reader->event.data.sequence_start.tag;
    sp_status status = count_value(reader);
    if (status == SP_OK)
        status = read_tag(reader, tag, &is_text, &mark);
    if (status != SP_OK)
        return status;
    const yaml_char_t *name =
        is_mapping ? reader->event.data.mapping_start.anchor : reader->event.data.sequence_start.anchor;
    sp_str anchor = sp_arena_copy(reader->arena, text_of(name));
    sp_yaml *value = value_new(reader, is_mapping ? SP_YAML_MAPPING : SP_YAML_SEQUENCE);
    value->mark = mark;
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

bool sp_yaml_is_null(const sp_yaml *value)
{
    if (value->kind != SP_YAML_SCALAR || value->quoted)
        return false;
    return value->scalar.size == 0 || sp_str_equal(value->scalar, SP_STR("~")) ||
           sp_str_equal_nocase(value->scalar, SP_STR("null"));
}

/* document = document-start value document-end */
static sp_status read_document(reading *reader)
{
    reader->anchors = NULL;
    const sp_yaml *root = NULL;
    sp_status status = next_event(reader);
    if (status == SP_OK)
        status = read_value(reader, 0, &root);
    if (status == SP_OK)
        status = next_event(reader);
    if (status == SP_OK)
        *sp_list_add(reader->arena, &reader->documents) = root;
    return status;
}

/* stream = start { document } end */
static sp_status read_stream(void *payload)
{
    reading *reader = payload;
    sp_status status = next_event(reader);
    if (status == SP_OK)
        status = next_event(reader);
    while (status == SP_OK && reader->event.type != YAML_STREAM_END_EVENT) {
        if (reader->documents.count > 0 && !reader->is_compose)
            return fail_at_mark(reader, reader->event.start_mark, "a second document begins here; only one is read");
        status = read_document(reader);
        if (status == SP_OK)
            status = next_event(reader);
    }
    return status;
}

static sp_status read_guarded(reading *reader)
{
    if (reader->text.size > SP_LIMIT_YAML_BYTES)
        return sp_error_at(reader->error, SP_E_CONFIG, reader->path, 0, 0, "larger than %u bytes", SP_LIMIT_YAML_BYTES);
    if (!yaml_parser_initialize(&reader->parser))
        sp_arena_fail(reader->arena);
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)reader->text.text, reader->text.size);
    sp_status status = sp_guard(reader->arena, read_stream, reader);
    drop_event(reader);
    yaml_parser_delete(&reader->parser);
    if (status == SP_E_MEMORY)
        sp_arena_fail(reader->arena);
    return status;
}

sp_status sp_yaml_read(sp_arena *arena, sp_str path, sp_str text, const sp_yaml **out, sp_error *error)
{
    reading reader = {.arena = arena, .path = path, .text = text, .error = error};
    sp_status status = read_guarded(&reader);
    if (status != SP_OK)
        return status;
    bool is_empty = reader.documents.count == 0 || sp_yaml_is_null(reader.documents.items[0]);
    *out = is_empty ? value_new(&reader, SP_YAML_MAPPING) : reader.documents.items[0];
    return SP_OK;
}

sp_status sp_yaml_read_all(sp_arena *arena, sp_str path, sp_str text, sp_yaml_documents *out, sp_error *error)
{
    reading reader = {.arena = arena, .path = path, .text = text, .error = error, .is_compose = true};
    sp_status status = read_guarded(&reader);
    *out = reader.documents;
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

sp_status sp_yaml_fail_kind(const sp_yaml *value, sp_str path, const char *what, const char *wanted, sp_error *error)
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
        return sp_yaml_fail_kind(value, path, what, "true or false", error);
    return SP_OK;
}

sp_status sp_yaml_integer(const sp_yaml *value, sp_str path, const char *what, int64_t *out, sp_error *error)
{
    bool plain = value->kind == SP_YAML_SCALAR && !value->quoted;
    bool negative = plain && sp_str_starts(value->scalar, SP_STR("-"));
    uint64_t magnitude = 0;
    if (!plain || !sp_str_to_uint(sp_str_skip(value->scalar, negative), &magnitude) || magnitude > INT64_MAX)
        return sp_yaml_fail_kind(value, path, what, "a whole number", error);
    *out = negative ? -(int64_t)magnitude : (int64_t)magnitude;
    return SP_OK;
}

sp_status sp_yaml_text(const sp_yaml *value, sp_str path, const char *what, sp_str *out, sp_error *error)
{
    if (value->kind != SP_YAML_SCALAR || sp_yaml_is_null(value))
        return sp_yaml_fail_kind(value, path, what, "a text", error);
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
