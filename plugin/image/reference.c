/* Image references, as the distribution grammar has them. */
#include "image/reference.h"

#include "base/ascii.h"

#include <assert.h>

enum { PATH_BYTES = 255, TAG_BYTES = 128, IDENTIFIER_HEX = 64, SHOWN_BYTES = 100 };

#define DEFAULT_REGISTRY SP_STR("docker.io")
#define OFFICIAL SP_STR("library/")

/* A reference cut at its separators; nothing checked yet. */
typedef struct reference_parts {
    sp_str registry, prefix, path, tag, digest;
    bool has_tag, has_digest;
} reference_parts;

static bool is_lower_or_digit(char byte)
{
    return sp_ascii_is_lower(byte) || sp_ascii_is_digit(byte);
}

static bool is_lower_hex(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (sp_ascii_hex(text.text[i]) < 0 || sp_ascii_is_upper(text.text[i]))
            return false;
    }
    return true;
}

static bool has_upper(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (sp_ascii_is_upper(text.text[i]))
            return true;
    }
    return false;
}

/* separator = "." | "_" | "__" | "-"+; its length at `text`, 0 where there is none. */
static size_t separator_size(sp_str text)
{
    size_t dashes = 0;
    while (dashes < text.size && text.text[dashes] == '-')
        dashes++;
    if (dashes > 0 || text.size == 0)
        return dashes;
    if (text.text[0] == '.')
        return 1;
    if (text.text[0] != '_')
        return 0;
    return text.size > 1 && text.text[1] == '_' ? 2 : 1;
}

/* component = [a-z0-9]+ { separator [a-z0-9]+ } */
static bool is_component(sp_str text)
{
    size_t at = 0;
    for (;;) {
        size_t start = at;
        while (at < text.size && is_lower_or_digit(text.text[at]))
            at++;
        if (at == start)
            return false;
        if (at == text.size)
            return true;
        size_t separator = separator_size(sp_str_skip(text, at));
        if (separator == 0)
            return false;
        at += separator;
    }
}

/* path = component { "/" component } */
static bool is_path(sp_str text)
{
    for (;;) {
        size_t slash = sp_str_find(text, '/');
        if (!is_component(sp_str_head(text, slash)))
            return false;
        if (slash == text.size)
            return true;
        text = sp_str_skip(text, slash + 1);
    }
}

/* label = [A-Za-z0-9] | [A-Za-z0-9] [A-Za-z0-9-]* [A-Za-z0-9] */
static bool is_host_label(sp_str text)
{
    if (text.size == 0 || !sp_ascii_is_letter_or_digit(text.text[0]) ||
        !sp_ascii_is_letter_or_digit(text.text[text.size - 1]))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (!sp_ascii_is_letter_or_digit(text.text[i]) && text.text[i] != '-')
            return false;
    }
    return true;
}

static bool is_digits(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!sp_ascii_is_digit(text.text[i]))
            return false;
    }
    return text.size > 0;
}

/* address = "[" (hex | ":")+ "]"; its length, 0 where there is none. */
static size_t address_size(sp_str text)
{
    size_t at = 1;
    while (at < text.size && (sp_ascii_hex(text.text[at]) >= 0 || text.text[at] == ':'))
        at++;
    return at > 1 && at < text.size && text.text[at] == ']' ? at + 1 : 0;
}

/* registry = (label { "." label } | address) [ ":" digits ] */
static bool is_registry(sp_str text)
{
    size_t host = text.size > 0 && text.text[0] == '[' ? address_size(text) : sp_str_find(text, ':');
    if (host == 0 || (host < text.size && (text.text[host] != ':' || !is_digits(sp_str_skip(text, host + 1)))))
        return false;
    if (text.text[0] == '[')
        return true;
    sp_str rest = sp_str_head(text, host);
    for (;;) {
        size_t dot = sp_str_find(rest, '.');
        if (!is_host_label(sp_str_head(rest, dot)))
            return false;
        if (dot == rest.size)
            return true;
        rest = sp_str_skip(rest, dot + 1);
    }
}

/* tag = [A-Za-z0-9_] [A-Za-z0-9_.-]{0,127} */
static bool is_tag(sp_str text)
{
    if (text.size == 0 || text.size > TAG_BYTES || text.text[0] == '.' || text.text[0] == '-')
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        if (!sp_ascii_is_letter_or_digit(c) && c != '_' && c != '.' && c != '-')
            return false;
    }
    return true;
}

/* digest = algorithm ":" hex */
bool sp_reference_is_digest(sp_str text)
{
    static const struct {
        sp_str algorithm;
        size_t hex;
    } known[] = {{{"sha256:", 7}, 64}, {{"sha384:", 7}, 96}, {{"sha512:", 7}, 128}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (!sp_str_starts(text, known[k].algorithm))
            continue;
        sp_str hex = sp_str_skip(text, known[k].algorithm.size);
        return hex.size == known[k].hex && is_lower_hex(hex);
    }
    return false;
}

static bool is_identifier(sp_str text)
{
    return text.size == IDENTIFIER_HEX && is_lower_hex(text);
}

static bool names_registry(sp_str first)
{
    return sp_str_equal(first, SP_STR("localhost")) || sp_str_find(first, '.') < first.size ||
           sp_str_find(first, ':') < first.size || has_upper(first);
}

/* reference = [ registry "/" ] path [ ":" tag ] [ "@" digest ] */
static reference_parts cut(sp_str text)
{
    reference_parts out = {.registry = DEFAULT_REGISTRY, .path = text};
    size_t slash = sp_str_find(text, '/');
    if (slash < text.size && names_registry(sp_str_head(text, slash))) {
        out.registry = sp_str_head(text, slash);
        out.path = sp_str_skip(text, slash + 1);
    }
    if (sp_str_equal(out.registry, SP_STR("index.docker.io")))
        out.registry = DEFAULT_REGISTRY;
    size_t at = sp_str_find(out.path, '@');
    if (at < out.path.size) {
        out.has_digest = true;
        out.digest = sp_str_skip(out.path, at + 1);
        out.path = sp_str_head(out.path, at);
    }
    size_t colon = sp_str_find(out.path, ':');
    if (colon < out.path.size) {
        out.has_tag = true;
        out.tag = sp_str_skip(out.path, colon + 1);
        out.path = sp_str_head(out.path, colon);
    }
    if (sp_str_equal(out.registry, DEFAULT_REGISTRY) && sp_str_find(out.path, '/') == out.path.size)
        out.prefix = OFFICIAL;
    return out;
}

/* What is wrong with the parts, or NULL. A first part that is no host, like "my_host.io", may still be a path. */
static const char *wrong_with(const reference_parts *parts, sp_str text)
{
    if (text.size == 0)
        return "it is empty";
    if (is_identifier(text))
        return "64 hexadecimal digits name a layer, not a repository";
    if (has_upper(parts->path))
        return "the repository must be in lower case";
    if (!is_path(parts->path) || (!is_registry(parts->registry) && !is_component(parts->registry)))
        return "a repository is lower-case letters and digits, with '.', '_' or '-' between them and '/' between parts";
    if (parts->prefix.size + parts->path.size > PATH_BYTES)
        return "the repository is longer than 255 bytes";
    if (parts->has_tag && !is_tag(parts->tag))
        return "a tag is 1 to 128 letters, digits, '_', '.' and '-', and begins with none of the last two";
    if (parts->has_digest && !sp_reference_is_digest(parts->digest))
        return "a digest is sha256: and 64 lower-case hexadecimal digits (sha384: 96, sha512: 128)";
    return NULL;
}

static sp_str slice(sp_str text, size_t *at, size_t size)
{
    sp_str out = {text.text + *at, size};
    *at += size;
    return out;
}

/* All fields are slices of one text: registry/repository[:tag][@digest], with ":latest" where neither is written. */
static void fill(sp_arena *arena, const reference_parts *parts, sp_reference *out)
{
    bool bare = !parts->has_tag && !parts->has_digest;
    const sp_str pieces[] = {
        parts->registry,
        SP_STR("/"),
        parts->prefix,
        parts->path,
        parts->has_tag ? SP_STR(":") : SP_STR(""),
        bare ? SP_STR(":latest") : parts->tag,
        parts->has_digest ? SP_STR("@") : SP_STR(""),
        parts->digest,
    };
    sp_str all = sp_arena_join(arena, pieces, sizeof pieces / sizeof *pieces);
    size_t at = 0;
    *out = (sp_reference){.canonical = all};
    out->registry = slice(all, &at, parts->registry.size);
    at++;
    out->repository = slice(all, &at, parts->prefix.size + parts->path.size);
    out->name = out->repository;
    for (size_t slash; (slash = sp_str_find(out->name, '/')) < out->name.size;)
        out->name = sp_str_skip(out->name, slash + 1);
    at += parts->has_tag;
    out->tag = bare ? SP_STR("") : slice(all, &at, parts->tag.size);
    at += parts->has_digest;
    out->digest = bare ? SP_STR("") : slice(all, &at, parts->digest.size);
    assert(bare || at == all.size);
}

bool sp_reference_parse(sp_arena *arena, sp_str text, sp_reference *out, sp_str *problem)
{
    reference_parts parts = cut(text);
    const char *wrong = wrong_with(&parts, text);
    if (wrong != NULL) {
        *problem = sp_arena_print(arena, "'%.*s' is no image reference: %s",
                                  SP_STR_ARG(sp_str_brief(text, SHOWN_BYTES)), wrong);
        return false;
    }
    fill(arena, &parts, out);
    return true;
}
