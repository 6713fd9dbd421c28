/* What BuildKit says of a flag: of its value, and of the fields of a mount and a device. */
#include "report/buildkit.h"

#include "base/ascii.h"
#include "report/go_text.h"
#include "source/utf8.h"

/* ---- did you mean ---- */

enum { LONGEST = 32, MOST_EDITS = 2 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The first characters of a text, one more than the longest that is compared. */
static unsigned decode(sp_str text, uint32_t *out)
{
    unsigned count = 0;
    for (const char *next = text.text, *end = next + text.size; next < end && count <= LONGEST; count++) {
        uint32_t size;
        out[count] = sp_utf8_decode(next, end, &size);
        next += size;
    }
    return count;
}

/* Inserted, deleted and replaced characters; past the ceiling when one text is too long. */
static unsigned distance(sp_str name, sp_str other)
{
    uint32_t a[LONGEST + 1], b[LONGEST + 1];
    unsigned row[LONGEST + 1], a_size = decode(name, a), b_size = decode(other, b);
    if (a_size > LONGEST || b_size > LONGEST)
        return MOST_EDITS + 1;
    for (unsigned j = 0; j <= b_size; j++)
        row[j] = j;
    for (unsigned i = 1; i <= a_size; i++) {
        unsigned before = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= b_size; j++) {
            unsigned replaced = before + (a[i - 1] != b[j - 1]);
            before = row[j];
            row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_size];
}

size_t sp_buildkit__nearest(sp_str name, const sp_str *names, size_t count)
{
    unsigned nearest = MOST_EDITS + 1;
    size_t found = count;
    for (size_t i = 0; i < count && nearest > 0; i++) {
        unsigned edits = distance(name, names[i]);
        if (edits < nearest) {
            nearest = edits;
            found = i;
        }
    }
    return nearest > 0 ? found : count;
}

void sp_buildkit__suggest(sp_buf *out, sp_str name, const sp_str *names, size_t count)
{
    size_t nearest = sp_buildkit__nearest(name, names, count);
    if (nearest < count)
        sp_buildkit__fill(out, " (did you mean %?)", names[nearest], SP_STR(""));
}

/* ---- numbers and durations ---- */

/* As the library of durations quotes: every byte outside ASCII as \x and two digits. */
static void quote_duration(sp_buf *out, sp_str text)
{
    sp_buf_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.text[i];
        if (byte < ' ' || byte >= 0x80)
            sp_buf_print(out, "\\x%02x", byte);
        else if (byte == '"' || byte == '\\')
            sp_buf_print(out, "\\%c", byte);
        else
            sp_buf_byte(out, (char)byte);
    }
    sp_buf_byte(out, '"');
}

static size_t skip_digits(sp_str text)
{
    size_t i = 0;
    while (i < text.size && sp_ascii_is_digit(text.text[i]))
        i++;
    return i;
}

static bool is_unit(sp_str text)
{
    static const char *const units[] = {"ns", "us", "\xC2\xB5s", "\xCE\xBCs", "ms", "s", "m", "h"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (sp_str_is(text, units[i]))
            return true;
    }
    return false;
}

/* duration = [ sign ] { digits [ "." digits ] unit }; says which part is not there */
static void say_duration(sp_buf *out, sp_str all, sp_str flag)
{
    sp_str rest = all;
    if (rest.text[0] == '-' || rest.text[0] == '+')
        rest = sp_str_skip(rest, 1);
    bool read = rest.size > 0;
    while (rest.size > 0) {
        size_t digits = skip_digits(rest);
        rest = sp_str_skip(rest, digits);
        if (rest.size > 0 && rest.text[0] == '.') {
            size_t fraction = skip_digits(sp_str_skip(rest, 1));
            digits += fraction;
            rest = sp_str_skip(rest, 1 + fraction);
        }
        size_t unit = 0;
        while (unit < rest.size && rest.text[unit] != '.' && !sp_ascii_is_digit(rest.text[unit]))
            unit++;
        if (digits == 0) {
            read = false;
            break;
        }
        if (is_unit(sp_str_head(rest, unit))) {
            rest = sp_str_skip(rest, unit);
            continue;
        }
        sp_buf_text(out, unit == 0 ? "time: missing unit" : "time: unknown unit ");
        if (unit > 0)
            quote_duration(out, sp_str_head(rest, unit));
        sp_buf_text(out, " in duration ");
        quote_duration(out, all);
        return;
    }
    bool small = read && (all.text[0] == '-' || all.size < 16);
    sp_buf_text(out, small ? "Interval " : "time: invalid duration ");
    if (small)
        sp_go_quote(out, flag);
    else
        quote_duration(out, all);
    sp_buf_text(out, small ? " cannot be less than 1ms" : "");
}

static void say_retries(sp_buf *out, sp_str text)
{
    int64_t number;
    bool negative = sp_str_to_int(text, &number) && number < 0 && number >= INT32_MIN;
    if (negative) {
        sp_buf_print(out, "--retries cannot be negative (%lld)", (long long)number);
        return;
    }
    size_t sign = text.text[0] == '-' || text.text[0] == '+';
    bool digits = text.size > sign && skip_digits(sp_str_skip(text, sign)) == text.size - sign;
    sp_buf_text(out, "strconv.ParseInt: parsing ");
    sp_go_quote(out, text);
    sp_buf_text(out, digits ? ": value out of range" : ": invalid syntax");
}

/* ---- comma-separated values ---- */

#define NOWHERE SIZE_MAX

/* Reads from behind a quote to behind the comma after the field; false, and where, when it does not end rightly. */
static bool skip_quoted(sp_str record, size_t *at, size_t *wrong)
{
    size_t open = *at;
    for (;;) {
        size_t quote = *at + sp_str_find(sp_str_skip(record, *at), '"');
        *wrong = quote == record.size ? open : quote;
        *at = quote + 1;
        if (*at >= record.size)
            return quote < record.size;
        if (record.text[*at] != '"')
            break;
        open = ++*at;
    }
    return record.text[(*at)++] == ',';
}

/* Where a record is malformed, or NOWHERE. */
static size_t find_malformed(sp_str record, bool *quoted)
{
    size_t at = 0, wrong;
    while (at < record.size) {
        *quoted = record.text[at] == '"';
        if (*quoted) {
            at++;
            if (!skip_quoted(record, &at, &wrong))
                return wrong;
            continue;
        }
        sp_str field = sp_str_skip(record, at);
        field = sp_str_head(field, sp_str_find(field, ','));
        size_t quote = sp_str_find(field, '"');
        if (quote < field.size)
            return at + quote;
        at += field.size + 1;
    }
    return NOWHERE;
}

/* Says what is malformed in a record; false when nothing is. */
static bool say_record(sp_buf *out, sp_str record, const char *what)
{
    bool quoted = false;
    size_t wrong = find_malformed(record, &quoted);
    if (record.size > 0 && wrong == NOWHERE)
        return false;
    sp_buf_print(out, "failed to parse csv %s: ", what);
    if (record.size == 0)
        sp_buf_text(out, "EOF");
    else
        sp_buf_print(out, "parse error on line 1, column %zu: %s", wrong + 1,
                     quoted ? "extraneous or missing \" in quoted-field" : "bare \" in non-quoted-field");
    return true;
}

/* ---- devices ---- */

static sp_str lower(const sp_wording *wording, sp_str text)
{
    char *copy = sp_arena_alloc(wording->document->arena, text.size + 1);
    for (size_t i = 0; i < text.size; i++)
        copy[i] = sp_ascii_lower(text.text[i]);
    return (sp_str){copy, text.size};
}

/* BuildKit shows the key in lower case, whatever its alphabet. */
static void say_unexpected(sp_buf *out, sp_str key, sp_str field, const sp_str *keys, size_t count)
{
    sp_buf_text(out, "unexpected key '");
    sp_go_lower(out, key);
    sp_buildkit__fill(out, "' in '%'", field, SP_STR(""));
    sp_buildkit__suggest(out, key, keys, count);
}

/* field = name | "name=" name | "required" [ "=" bool ]; false when it is refused */
static bool read_device_field(sp_wording *wording, sp_str field, sp_str *name)
{
    static const sp_str keys[] = {{"name", 4}, {"required", 8}};
    sp_buf *out = wording->out;
    size_t equals = sp_str_find(field, '=');
    sp_str key = lower(wording, sp_str_head(field, equals)), value = sp_str_skip(field, equals + 1);
    bool has_value = equals < field.size;
    if (sp_str_equal(key, keys[1])) {
        if (!has_value || sp_str_is_bool(value))
            return true;
        sp_buildkit__fill(out, "invalid value for required: %", value, SP_STR(""));
        return false;
    }
    bool names = has_value && sp_str_equal(key, keys[0]);
    if (name->size == 0) {
        *name = names ? value : field;
        return true;
    }
    if (names) {
        sp_buildkit__fill(out, "device name already set to %", *name, SP_STR(""));
    } else if (!has_value) {
        sp_buildkit__fill(out, "invalid field '%' must be a key=value pair", field, SP_STR(""));
    } else {
        say_unexpected(out, key, field, keys, 2);
    }
    return false;
}

static void say_device(sp_wording *wording, sp_str record)
{
    sp_str name = {"", 0};
    if (say_record(wording->out, record, "devices"))
        return;
    while (record.size > 0) {
        sp_str field = sp_str_head(record, sp_str_find(record, ','));
        record = sp_str_skip(record, field.size + 1);
        if (!read_device_field(wording, field, &name))
            return;
    }
}

void sp_buildkit__flag(sp_wording *wording)
{
    const sp_flag *flag = sp_buildkit__find_flag(wording);
    sp_instruction_kind kind = wording->instruction->kind;
    sp_str value = flag->value.text;
    if (!flag->has_value || (value.size == 0 && kind != SP_RUN)) {
        sp_buf_text(wording->out, "missing a value on flag: --");
        sp_buf_add(wording->out, flag->name);
    } else if (sp_str_equal(flag->name, SP_STR("retries"))) {
        say_retries(wording->out, value);
    } else if (kind == SP_HEALTHCHECK) {
        say_duration(wording->out, value, flag->name);
    } else if (sp_str_equal(flag->name, SP_STR("device"))) {
        say_device(wording, value);
    } else if (sp_str_equal(flag->name, SP_STR("network"))) {
        sp_buf_text(wording->out, "invalid network mode ");
        sp_go_quote(wording->out, value);
    } else if (sp_str_equal(flag->name, SP_STR("security"))) {
        sp_buf_text(wording->out, "security ");
        sp_go_quote(wording->out, value);
        sp_buf_text(wording->out, " is not valid");
    } else {
        sp_buildkit__fill(wording->out, "expecting boolean value for flag --%, not: %", flag->name, value);
    }
}

/* ---- mounts ---- */

/* A mount read as BuildKit reads it, up to the first thing that it refuses. */
typedef struct mount_reading {
    sp_wording *wording;
    uint32_t executed;
    sp_str type;
    sp_str from, source, target, id, sharing;
    const char *owned; /* the first of mode, uid and gid that is given */
} mount_reading;

static bool is_one_of(sp_str text, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (sp_str_is(text, *names))
            return true;
    }
    return false;
}

static bool refuse_key(mount_reading *mount, sp_str key)
{
    sp_buildkit__fill(mount->wording->out, "unexpected key '%' for mount type '%'", key, mount->type);
    return false;
}

static bool refuse_value(mount_reading *mount, sp_str key, sp_str value)
{
    sp_buildkit__fill(mount->wording->out, "invalid value for %: %", key, value);
    return false;
}

/* A word of a list, in any case; else it is refused, and a near one told. */
static bool read_word(mount_reading *mount, const char *what, sp_str value, const sp_str *words, size_t count,
                      sp_str *out)
{
    *out = lower(mount->wording, value);
    for (size_t i = 0; i < count; i++) {
        if (sp_str_equal(*out, words[i]))
            return true;
    }
    sp_buf_print(mount->wording->out, "unsupported %s ", what);
    sp_go_quote(mount->wording->out, value);
    sp_buildkit__suggest(mount->wording->out, value, words, count);
    return false;
}

static bool is_number(sp_str text, char most)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] < '0' || text.text[i] > most)
            return false;
        value = value * (uint64_t)(most - '0' + 1) + (uint64_t)(text.text[i] - '0');
        if (value > UINT32_MAX)
            return false;
    }
    return text.size > 0;
}

static bool read_owner(mount_reading *mount, sp_str key, sp_str value)
{
    static const char *const names[] = {"mode", "uid", "gid"};
    size_t which = sp_str_is(key, "mode") ? 0 : sp_str_is(key, "uid") ? 1 : 2;
    if (mount->owned == NULL || which == 0 || (which == 1 && strcmp(mount->owned, "gid") == 0))
        mount->owned = names[which];
    if (is_number(value, which == 0 ? '7' : '9'))
        return true;
    sp_buildkit__fill(mount->wording->out, "invalid value % for ", value, SP_STR(""));
    sp_buf_text(mount->wording->out, names[which]);
    return false;
}

static bool is_secret_or_ssh(const mount_reading *mount)
{
    return sp_str_is(mount->type, "secret") || sp_str_is(mount->type, "ssh");
}

/* field = key "=" value; false when it is refused. The size of a tmpfs is the only size. */
static bool read_valued(mount_reading *mount, sp_str key, sp_str value, sp_str field)
{
    static const sp_str types[] = {{"bind", 4}, {"cache", 5}, {"tmpfs", 5}, {"secret", 6}, {"ssh", 3}};
    static const sp_str modes[] = {{"shared", 6}, {"private", 7}, {"locked", 6}};
    static const char *const access[] = {"readonly", "ro", "readwrite", "rw", NULL};
    static const char *const owner[] = {"mode", "uid", "gid", NULL};
    static const char *const sources[] = {"source", "src", NULL};
    static const char *const targets[] = {"target", "dst", "destination", NULL};
    static const sp_str keys[] = {{"type", 4}, {"from", 4},    {"source", 6},    {"target", 6}, {"readonly", 8},
                                  {"id", 2},   {"sharing", 7}, {"required", 8},  {"size", 4},   {"mode", 4},
                                  {"uid", 3},  {"gid", 3},     {"src", 3},       {"dst", 3},    {"destination", 11},
                                  {"ro", 2},   {"rw", 2},      {"readwrite", 9}, {"env", 3}};
    if (sp_str_is(key, "type"))
        return read_word(mount, "mount type", value, types, 5, &mount->type);
    if (sp_str_is(key, "sharing"))
        return read_word(mount, "sharing value", value, modes, 3, &mount->sharing);
    if (is_one_of(key, access))
        return sp_str_is_bool(value) || refuse_value(mount, key, value);
    if (sp_str_is(key, "required"))
        return !is_secret_or_ssh(mount) ? refuse_key(mount, key)
                                        : sp_str_is_bool(value) || refuse_value(mount, key, value);
    if (sp_str_is(key, "size"))
        return sp_str_is(mount->type, "tmpfs") ? refuse_value(mount, key, value) : refuse_key(mount, key);
    if (is_one_of(key, owner))
        return read_owner(mount, key, value);
    if (is_one_of(key, sources))
        mount->source = value;
    else if (is_one_of(key, targets))
        mount->target = value;
    else if (sp_str_is(key, "from"))
        mount->from = value;
    else if (sp_str_is(key, "id"))
        mount->id = value;
    else if (!sp_str_is(key, "env")) {
        say_unexpected(mount->wording->out, key, field, keys, sizeof keys / sizeof *keys);
        return false;
    }
    return true;
}

static bool read_bare(mount_reading *mount, sp_str key, sp_str field)
{
    static const char *const access[] = {"readonly", "ro", "readwrite", "rw", NULL};
    if (is_one_of(key, access))
        return true;
    if (sp_str_is(key, "required"))
        return is_secret_or_ssh(mount) || refuse_key(mount, key);
    sp_buildkit__fill(mount->wording->out, "invalid field '%' must be a key=value pair", field, SP_STR(""));
    return false;
}

/* The size is right where the refusal stands on another word. */
static bool is_refused(const mount_reading *mount, const sp_mount_field *field)
{
    const sp_value *value = mount->wording->refusal->value;
    return value != NULL && value->span.start == field->value.span.start;
}

static bool read_field(mount_reading *mount, const sp_mount_field *field, sp_str written)
{
    if (!field->has_value)
        return read_bare(mount, field->key, written);
    sp_str value = sp_graph_expand(mount->wording->graph, mount->executed, field->value).value;
    bool is_size = sp_str_is(field->key, "size") && sp_str_is(mount->type, "tmpfs") && !is_refused(mount, field);
    return is_size || read_valued(mount, field->key, value, written);
}

static const char *secret_problem(const mount_reading *mount)
{
    if (mount->from.size > 0)
        return "secret mount should not have a from";
    if (mount->sharing.size > 0)
        return "secret mount should not define sharing";
    if (mount->source.size == 0 && mount->target.size == 0 && mount->id.size == 0)
        return "invalid secret mount. one of source, target required";
    return mount->source.size > 0 && mount->id.size > 0 ? "both source and id can't be set" : NULL;
}

static void say_whole(mount_reading *mount)
{
    sp_buf *out = mount->wording->out;
    const char *problem = sp_str_is(mount->type, "secret") ? secret_problem(mount) : NULL;
    if (mount->owned != NULL && !is_secret_or_ssh(mount) && !sp_str_is(mount->type, "cache"))
        sp_buildkit__fill(out, "% not allowed for \"%\" type mounts", (sp_str){mount->owned, strlen(mount->owned)},
                          mount->type);
    else if (problem != NULL)
        sp_buf_text(out, problem);
    else if (mount->sharing.size > 0 && !sp_str_is(mount->type, "cache"))
        sp_buildkit__fill(out, "invalid cache sharing set for % mount", mount->type, SP_STR(""));
    else if (sp_str_is(mount->type, "ssh"))
        sp_buf_text(out, "ssh does not support source");
    else
        sp_buf_text(out, "invalid mount target \"/\"");
}

static const sp_mount *find_mount(const sp_wording *wording)
{
    const sp_instruction *run = wording->instruction;
    uint32_t i = 0;
    while (i + 1 < run->as.run.mount_count &&
           !sp_span_contains(run->as.run.mounts[i].flag->span, wording->refusal->span))
        i++;
    return &run->as.run.mounts[i];
}

/* The document refuses the record as a whole, the graph its fields. */
void sp_buildkit__mount(sp_wording *wording)
{
    const sp_mount *mount = find_mount(wording);
    if (say_record(wording->out, mount->flag->value.text, "mounts"))
        return;
    mount_reading reading = {.wording = wording, .type = SP_STR("bind")};
    reading.executed = sp_buildkit__executed(wording->graph, wording->instruction);
    for (uint32_t i = 0; i < mount->field_count; i++) {
        const sp_mount_field *field = &mount->fields[i];
        size_t size = field->key.size + (field->has_value ? 1 + field->value.text.size : 0);
        const char *start = field->value.text.text - field->has_value - field->key.size;
        if (!read_field(&reading, field, (sp_str){start, size}))
            return;
    }
    say_whole(&reading);
}
