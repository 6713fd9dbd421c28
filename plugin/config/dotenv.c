/* A .env file, read as compose-go v2.16.2 reads it. */
#include "config/dotenv.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "config/template.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_str path, text;
    size_t at;
    uint32_t line; /* of `counted` */
    size_t counted;
    sp_declared_lookup lookup;
    void *payload;
    sp_template filler;
    sp_dotenv *file;
    sp_error *error;
} reading;

static uint32_t line_at(reading *reader, size_t offset)
{
    for (; reader->counted < offset; reader->counted++)
        reader->line += reader->text.text[reader->counted] == '\n';
    return reader->line;
}

static sp_status fail(reading *reader, size_t offset, const char *message)
{
    return sp_error_at(reader->error, SP_E_CONFIG, reader->path, line_at(reader, offset), 0, "%s", message);
}

static sp_str rest_of(const reading *reader)
{
    return sp_str_skip(reader->text, reader->at);
}

/* Blanks that end no line, as compose counts them: ASCII's, and U+0085 and U+00A0. */
static size_t blank_length(sp_str text)
{
    if (text.size > 0 && text.text[0] != '\n' && sp_ascii_is_space(text.text[0]))
        return 1;
    return sp_str_starts(text, SP_STR("\xC2\x85")) || sp_str_starts(text, SP_STR("\xC2\xA0")) ? 2 : 0;
}

static void skip_blanks(reading *reader)
{
    for (size_t length; (length = blank_length(rest_of(reader))) > 0;)
        reader->at += length;
}

/* blank = { blank | line end | "#" rest of the line } */
static void skip_to_statement(reading *reader)
{
    for (;;) {
        skip_blanks(reader);
        sp_str rest = rest_of(reader);
        if (sp_str_starts(rest, SP_STR("#")))
            reader->at += sp_str_find(rest, '\n');
        else if (sp_str_starts(rest, SP_STR("\n")))
            reader->at++;
        else
            return;
    }
}

static bool find_variable(void *payload, sp_str name, sp_str *value)
{
    reading *reader = payload;
    return (reader->lookup != NULL && reader->lookup(reader->payload, name, value)) ||
           sp_dotenv_find(reader->file, name, value);
}

static sp_status fill(reading *reader, size_t start, sp_str text, sp_str *out)
{
    if (sp_template_fill(&reader->filler, text, out))
        return SP_OK;
    return fail(reader, start, reader->filler.problem.text);
}

static bool is_in_name(char byte)
{
    return sp_ascii_is_letter_or_digit(byte) || strchr("_.-[]", byte) != NULL || (unsigned char)byte >= 0x80;
}

/* name = [ "export" blank ] { letter | digit | "_" | "." | "-" | "[" | "]" } ( "=" | ":" | line end ) */
static sp_status read_name(reading *reader, sp_str *name, bool *has_value)
{
    size_t start = reader->at;
    if (sp_str_starts(rest_of(reader), SP_STR("export")) && blank_length(sp_str_skip(rest_of(reader), 6)) > 0) {
        reader->at += 6;
        skip_blanks(reader);
    }
    sp_str rest = rest_of(reader);
    size_t end = 0;
    while (end < rest.size && strchr("=:\n", rest.text[end]) == NULL) {
        size_t blank = blank_length(sp_str_skip(rest, end));
        if (blank == 0 && (rest.text[end] == '\0' || !is_in_name(rest.text[end])))
            return fail(reader, start,
                        "the name of a variable has letters, digits, '_', '.' and '-'; write NAME=value");
        end += blank > 0 ? blank : 1;
    }
    *name = sp_str_trim(sp_str_head(rest, end));
    *has_value = end < rest.size && rest.text[end] != '\n';
    reader->at += end + *has_value;
    if (sp_str_find(*name, ' ') < name->size)
        return fail(reader, start, "the name of a variable has no space; write NAME=value");
    return SP_OK;
}

/* plain = rest of the line up to " #" */
static sp_status read_plain(reading *reader, sp_str *out)
{
    size_t start = reader->at;
    sp_str line = sp_str_head(rest_of(reader), sp_str_find(rest_of(reader), '\n'));
    reader->at += line.size;
    sp_str value = sp_str_trim(sp_str_head(line, sp_str_search(line, SP_STR(" #"))));
    return fill(reader, start, value, out);
}

/* The length of a quoted value up to its closing quote, which a backslash hides; SIZE_MAX when it has none. */
static size_t quoted_length(sp_str text, char quote)
{
    bool is_escaped = false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] == quote && !is_escaped)
            return i;
        is_escaped = !is_escaped && text.text[i] == '\\';
    }
    return SIZE_MAX;
}

/* The value with `\"` as `"` (of single quotes the same); other backslashes stay. */
static sp_str without_escaped_quotes(reading *reader, sp_str value, char quote)
{
    char *bytes = sp_arena_alloc(reader->arena, value.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.text[i] == '\\' && i + 1 < value.size) {
            i++;
            if (value.text[i] != quote)
                bytes[size++] = '\\';
        }
        bytes[size++] = value.text[i];
    }
    return (sp_str){bytes, size};
}

/* "\0" octal octal octal → that character in UTF-8; with another number of digits, a backslash and what follows. Gives
   the bytes read. */
static size_t add_octal(sp_str text, char *bytes, size_t *size)
{
    unsigned value = 0, digits = 0;
    while (digits < 3 && 2 + digits < text.size && sp_ascii_is_digit(text.text[2 + digits])) {
        value = text.text[2 + digits] < '8' ? value * 8 + (unsigned)(text.text[2 + digits] - '0') : 512;
        digits++;
    }
    if (digits < 3 || value > 255) {
        bytes[(*size)++] = '\\';
        return 2;
    }
    if (value >= 0x80)
        bytes[(*size)++] = (char)(0xC0 | value >> 6);
    bytes[(*size)++] = (char)(value >= 0x80 ? 0x80 | (value & 0x3F) : value);
    return 2 + digits;
}

/* The escapes of double quotes. `\$` becomes `$$`, which filling in turns into a dollar. */
static sp_str expand_escapes(reading *reader, sp_str value)
{
    static const char letters[] = "abfnrtv$\"\\", meanings[] = "\a\b\f\n\r\t\v$\"\\";
    char *bytes = sp_arena_alloc(reader->arena, value.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < value.size;) {
        sp_str rest = sp_str_skip(value, i);
        if (sp_str_starts(rest, SP_STR("\\0"))) {
            i += add_octal(rest, bytes, &size);
            continue;
        }
        const char *letter = rest.size > 1 && rest.text[1] != '\0' ? strchr(letters, rest.text[1]) : NULL;
        if (rest.text[0] != '\\' || letter == NULL) {
            bool is_pair = sp_str_starts(rest, SP_STR("\\c")); /* known, and without a meaning */
            bytes[size++] = rest.text[0];
            if (is_pair)
                bytes[size++] = 'c';
            i += 1 + is_pair;
            continue;
        }
        if (*letter == '$')
            bytes[size++] = '$';
        bytes[size++] = meanings[letter - letters];
        i += 2;
    }
    return (sp_str){bytes, size};
}

/* quoted = "'" text "'" | '"' text '"', over any number of lines */
static sp_status read_quoted(reading *reader, char quote, sp_str *out)
{
    size_t start = reader->at++;
    size_t length = quoted_length(rest_of(reader), quote);
    if (length == SIZE_MAX)
        return fail(reader, start, "a quote that begins on this line is never closed");
    sp_str value = without_escaped_quotes(reader, sp_str_head(rest_of(reader), length), quote);
    reader->at += length + 1;
    *out = value;
    return quote == '"' ? fill(reader, start, expand_escapes(reader, value), out) : SP_OK;
}

/* statement = name [ blank ] ( quoted | plain ) | name line end */
static sp_status read_statement(reading *reader)
{
    sp_str name = SP_STR(""), value = SP_STR("");
    bool has_value = false;
    size_t start = reader->at;
    sp_status status = read_name(reader, &name, &has_value);
    if (status != SP_OK)
        return status;
    skip_blanks(reader);
    char first = reader->at < reader->text.size ? reader->text.text[reader->at] : '\0';
    if (has_value)
        status = first == '"' || first == '\'' ? read_quoted(reader, first, &value) : read_plain(reader, &value);
    else if (reader->lookup == NULL || !reader->lookup(reader->payload, name, &value))
        return SP_OK;
    if (status != SP_OK)
        return status;
    sp_str *kept = sp_arena_new(reader->arena, sp_str);
    *kept = value;
    reader->file->values = sp_map_set(reader->arena, reader->file->values, name, kept);
    if (sp_map_count(reader->file->values) > SP_LIMIT_DOTENV_VARIABLES)
        return fail(reader, start, "this file sets too many variables");
    return SP_OK;
}

/* file = [ byte order mark ] { blank statement } */
sp_status sp_dotenv_read(sp_arena *arena, sp_str path, sp_str text, sp_declared_lookup lookup, void *payload,
                         sp_dotenv *out, sp_error *error)
{
    if (text.size > SP_LIMIT_YAML_BYTES)
        return sp_error_at(error, SP_E_CONFIG, path, 0, 0, "larger than %u bytes", SP_LIMIT_YAML_BYTES);
    text = sp_arena_copy(arena, text);
    size_t start = sp_str_starts(text, SP_STR("\xEF\xBB\xBF")) ? 3 : 0;
    reading reader = {.arena = arena,
                      .path = path,
                      .text = text,
                      .at = start,
                      .line = 1,
                      .lookup = lookup,
                      .payload = payload,
                      .file = out,
                      .error = error};
    reader.filler =
        (sp_template){.arena = arena, .lookup = find_variable, .payload = &reader, .left = SP_LIMIT_FILLED_BYTES};
    for (skip_to_statement(&reader); reader.at < text.size; skip_to_statement(&reader)) {
        sp_status status = read_statement(&reader);
        if (status != SP_OK)
            return status;
    }
    return SP_OK;
}

bool sp_dotenv_find(const sp_dotenv *file, sp_str name, sp_str *value)
{
    const sp_str *found = sp_map_find(file->values, name);
    if (found != NULL)
        *value = *found;
    return found != NULL;
}
