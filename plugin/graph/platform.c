/* Reading platforms: what they are made of, and the aliases of systems and machines. */
#include "graph/platform.h"

#include "base/ascii.h"
#include "base/list.h"
#include "base/suggest.h"

#include <stdlib.h>

static bool is_one_of(sp_str text, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        if (sp_str_is(text, *texts))
            return true;
    }
    return false;
}

/* At least one byte, each a letter, a digit or one of `others`. */
static bool is_made_of(sp_str text, const char *others)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        if (!sp_ascii_is_letter_or_digit(c) && (c == '\0' || strchr(others, c) == NULL))
            return false;
    }
    return text.size > 0;
}

static sp_str lower(sp_arena *arena, sp_str text)
{
    char *bytes = sp_arena_alloc(arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        bytes[i] = sp_ascii_lower(text.text[i]);
    return (sp_str){bytes, text.size};
}

/* option = { letter | digit | "_" | "." | "-" | "%" hex hex } */
static bool read_option(sp_arena *arena, sp_str text, sp_str *out)
{
    char *bytes = sp_arena_alloc(arena, text.size + 1);
    size_t size = 0;
    if (text.size > 0 && !is_made_of(text, "_.-%"))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        bytes[size] = text.text[i];
        if (text.text[i] == '%') {
            int high = i + 2 < text.size ? sp_ascii_hex(text.text[i + 1]) : -1;
            int low = high >= 0 ? sp_ascii_hex(text.text[i + 2]) : -1;
            if (low < 0)
                return false;
            bytes[size] = (char)(high * 16 + low);
            i += 2;
        }
        size++;
    }
    *out = (sp_str){bytes, size};
    return true;
}

/* What would be read as something else is written as "%" and two digits again. */
static sp_str write_option(sp_arena *arena, sp_str option)
{
    static const char digits[] = "0123456789ABCDEF";
    char *bytes = sp_arena_alloc(arena, 3 * option.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < option.size; i++) {
        unsigned char c = (unsigned char)option.text[i];
        bool special = c != '\0' && strchr("%+()/", c) != NULL;
        bytes[size++] = special ? '%' : (char)c;
        if (special) {
            bytes[size++] = digits[c >> 4];
            bytes[size++] = digits[c & 15];
        }
    }
    return (sp_str){bytes, size};
}

typedef SP_LIST(sp_str) options;

static int compare_options(const void *a, const void *b)
{
    return sp_str_compare(*(const sp_str *)a, *(const sp_str *)b);
}

/* features = { "+" feature } */
static bool read_features(sp_arena *arena, sp_str text, options *out)
{
    while (text.size > 0) {
        sp_str rest = sp_str_skip(text, 1), feature;
        size_t end = sp_str_find(rest, '+');
        if (end == 0 || !read_option(arena, sp_str_head(rest, end), &feature))
            return false;
        *sp_list_add(arena, out) = feature;
        text = sp_str_skip(rest, end);
    }
    return true;
}

/* "(version+feature…)", features in order and each once; nothing without either. */
static sp_str write_options(sp_arena *arena, sp_str version, options *features)
{
    options parts = {0};
    if (features->count > 1)
        qsort(features->items, features->count, sizeof *features->items, compare_options);
    if (version.size == 0 && features->count == 0)
        return SP_STR("");
    *sp_list_add(arena, &parts) = SP_STR("(");
    *sp_list_add(arena, &parts) = write_option(arena, version);
    for (uint32_t i = 0; i < features->count; i++) {
        if (i > 0 && sp_str_equal(features->items[i], features->items[i - 1]))
            continue;
        *sp_list_add(arena, &parts) = SP_STR("+");
        *sp_list_add(arena, &parts) = write_option(arena, features->items[i]);
    }
    *sp_list_add(arena, &parts) = SP_STR(")");
    return sp_arena_join(arena, parts.items, parts.count);
}

/* os = name [ "(" [ version ] features ")" ] */
static bool read_os(sp_arena *arena, sp_str text, sp_platform *out, sp_str *written)
{
    size_t open = sp_str_find(text, '(');
    sp_str name = sp_str_head(text, open), inner = SP_STR("");
    options features = {0};
    if (!is_made_of(name, "_-"))
        return false;
    if (open < text.size) {
        if (text.text[text.size - 1] != ')')
            return false;
        inner = sp_str_head(sp_str_skip(text, open + 1), text.size - open - 2);
    }
    size_t plus = sp_str_find(inner, '+');
    if (!read_option(arena, sp_str_head(inner, plus), &out->os_version) ||
        !read_features(arena, sp_str_skip(inner, plus), &features))
        return false;
    out->os = lower(arena, name);
    if (sp_str_is(out->os, "macos"))
        out->os = SP_STR("darwin");
    *written = write_options(arena, out->os_version, &features);
    return true;
}

/* The variants of one machine that have another name, or none. */
static sp_str usual_variant(sp_arena *arena, sp_str architecture, sp_str variant)
{
    static const char *const arm64_default[] = {"8", "v8", "v8.0", NULL}, *const arm64_nine[] = {"9", "9.0", "v9.0",
                                                                                                 NULL};
    static const char *const arm_digits[] = {"5", "6", "8", NULL};
    if (sp_str_is(architecture, "amd64") && sp_str_is(variant, "v1"))
        return SP_STR("");
    if (sp_str_is(architecture, "arm64") && is_one_of(variant, arm64_default))
        return SP_STR("");
    if (sp_str_is(architecture, "arm64") && is_one_of(variant, arm64_nine))
        return SP_STR("v9");
    if (sp_str_is(architecture, "arm") && (variant.size == 0 || sp_str_is(variant, "7")))
        return SP_STR("v7");
    if (sp_str_is(architecture, "arm") && is_one_of(variant, arm_digits))
        return sp_arena_join(arena, (sp_str[]){SP_STR("v"), variant}, 2);
    return variant;
}

static void set_machine(sp_arena *arena, sp_str architecture, sp_str variant, sp_platform *out)
{
    static const struct {
        const char *alias, *name;
        const char *variant; /* NULL: as written */
    } aliases[] = {
        {"i386", "386", ""},        {"x86_64", "amd64", NULL}, {"x86-64", "amd64", NULL},
        {"aarch64", "arm64", NULL}, {"armhf", "arm", "v7"},    {"armel", "arm", "v6"},
    };
    out->architecture = lower(arena, architecture);
    out->variant = lower(arena, variant);
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (!sp_str_is(out->architecture, aliases[i].alias))
            continue;
        out->architecture = sp_str_from(aliases[i].name);
        if (aliases[i].variant != NULL)
            out->variant = sp_str_from(aliases[i].variant);
        break;
    }
    out->variant = usual_variant(arena, out->architecture, out->variant);
}

/* Systems, then machines, that BuildKit knows by name. */
static const sp_str words[] = {
    {"aix", 3},      {"android", 7},   {"darwin", 6},       {"dragonfly", 9}, {"freebsd", 7}, {"hurd", 4},
    {"illumos", 7},  {"ios", 3},       {"js", 2},           {"linux", 5},     {"nacl", 4},    {"netbsd", 6},
    {"openbsd", 7},  {"plan9", 5},     {"solaris", 7},      {"windows", 7},   {"zos", 3},     {"386", 3},
    {"amd64", 5},    {"amd64p32", 8},  {"arm", 3},          {"armbe", 5},     {"arm64", 5},   {"arm64be", 7},
    {"ppc64", 5},    {"ppc64le", 7},   {"loong64", 7},      {"mips", 4},      {"mipsle", 6},  {"mips64", 6},
    {"mips64le", 8}, {"mips64p32", 9}, {"mips64p32le", 11}, {"ppc", 3},       {"riscv", 5},   {"riscv64", 7},
    {"s390", 4},     {"s390x", 5},     {"sparc", 5},        {"sparc64", 7},   {"wasm", 4},
};

enum { SYSTEMS = 17, MACHINES = sizeof words / sizeof *words - SYSTEMS };

static bool is_word(sp_str text, const sp_str *known, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_str_equal(text, known[i]))
            return true;
    }
    return false;
}

static bool is_system(sp_str os)
{
    return is_word(os, words, SYSTEMS);
}

static bool is_machine(sp_str architecture)
{
    return is_word(architecture, words + SYSTEMS, MACHINES);
}

static void write_text(sp_arena *arena, sp_str written_options, sp_platform *out)
{
    const sp_str parts[] = {
        out->os,
        written_options,
        SP_STR("/"),
        out->architecture.size > 0 ? out->architecture : (sp_str){"", 1},
        out->variant.size > 0 ? SP_STR("/") : SP_STR(""),
        out->variant,
    };
    out->text = sp_arena_join(arena, parts, sizeof parts / sizeof *parts);
}

/* platform = os [ "/" architecture [ "/" variant ] ] | architecture */
bool sp_platform_parse(sp_arena *arena, sp_str text, sp_platform *out)
{
    size_t slash = sp_str_find(text, '/');
    sp_str os = sp_str_head(text, slash), rest = sp_str_skip(text, slash + 1), written;
    size_t second = sp_str_find(rest, '/');
    sp_str architecture = sp_str_head(rest, second), variant = sp_str_skip(rest, second + 1);
    *out = (sp_platform){.architecture = SP_STR(""), .variant = SP_STR("")};
    if (!read_os(arena, os, out, &written))
        return false;
    if (slash < text.size) {
        if (!is_made_of(architecture, "_.-") || (second < rest.size && !is_made_of(variant, "_.-")))
            return false;
        set_machine(arena, architecture, variant, out);
    } else if (!is_system(out->os)) {
        set_machine(arena, os, SP_STR(""), out);
        out->os = SP_STR("linux"); /* where BuildKit itself runs */
        if (!is_machine(out->architecture))
            return false;
    }
    write_text(arena, written, out);
    return true;
}

/* Corrects one part; false when it is not known and nothing is near it. */
static bool correct(sp_str *part, const sp_str *known, size_t count)
{
    if (!is_word(*part, known, count))
        *part = sp_suggest(*part, known, count);
    return part->size > 0;
}

sp_str sp_platform_meant(sp_arena *arena, sp_str text)
{
    size_t slash = sp_str_find(text, '/');
    sp_str rest = sp_str_skip(text, slash + 1), written = sp_str_head(rest, sp_str_find(rest, '/'));
    sp_str system = lower(arena, sp_str_head(text, slash)), machine = lower(arena, written);
    sp_platform read, meant;
    bool parsed = sp_platform_parse(arena, text, &read);
    if (slash == text.size)
        return parsed ? SP_STR("") : sp_suggest(system, words, SYSTEMS + MACHINES);
    bool known_system = parsed && is_system(read.os), known_machine = parsed && is_machine(read.architecture);
    if (known_system && known_machine)
        return SP_STR("");
    if ((!known_system && !correct(&system, words, SYSTEMS)) ||
        (!known_machine && !correct(&machine, words + SYSTEMS, MACHINES)))
        return SP_STR("");
    const sp_str parts[] = {system, SP_STR("/"), machine, sp_str_skip(rest, written.size)};
    sp_str whole = sp_arena_join(arena, parts, 4);
    return sp_platform_parse(arena, whole, &meant) ? whole : SP_STR("");
}
