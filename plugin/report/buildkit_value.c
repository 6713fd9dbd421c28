/* What BuildKit says of a text that was expanded: a platform, a port, a signal, an owner, a mode, a checksum, an image
   reference; and of the options of its checks. */
#include "report/buildkit.h"

#include "base/ascii.h"
#include "graph/check.h"
#include "report/go_text.h"

static bool is_made_of(sp_str text, const char *others)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        if (!sp_ascii_is_letter_or_digit(byte) && (byte == '\0' || strchr(others, byte) == NULL))
            return false;
    }
    return text.size > 0;
}

static void quote_two(sp_buf *out, sp_str first, const char *between, sp_str second)
{
    sp_go_quote(out, first);
    sp_buf_text(out, between);
    sp_go_quote(out, second);
}

/* part = name [ "(" version { "+" feature } ")" ] of the first; the others are names */
static bool say_component(sp_buf *out, sp_str part, sp_str all, bool first)
{
    static const sp_str system = {"^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$", 70};
    static const sp_str other = {"^[A-Za-z0-9_.-]+$", 17};
    sp_str name = first ? sp_str_head(part, sp_str_find(part, '(')) : part;
    if (is_made_of(name, first ? "_-" : "_.-") && (name.size == part.size || sp_str_ends(part, SP_STR(")"))))
        return false;
    quote_two(out, part, first ? " is an invalid OS component of " : " is an invalid component of ", all);
    sp_buf_text(out, first ? ": OSAndVersion specifier component must match "
                           : ": platform specifier component must match ");
    sp_go_quote(out, first ? (sp_str){system.text, strlen(system.text)} : other);
    return true;
}

static void say_specifier(sp_buf *out, sp_str all)
{
    if (sp_str_find(all, '*') < all.size) {
        sp_go_quote(out, all);
        sp_buf_text(out, ": wildcards not yet supported");
        return;
    }
    sp_str rest = all;
    unsigned count = 0;
    for (bool more = true; more; count++) {
        size_t size = count == 3 ? rest.size : sp_str_find(rest, '/');
        if (say_component(out, sp_str_head(rest, size), all, count == 0))
            return;
        more = size < rest.size;
        rest = sp_str_skip(rest, size + 1);
    }
    sp_go_quote(out, all);
    sp_buf_text(out, count > 1 ? ": cannot parse platform specifier" : ": unknown operating system or architecture");
}

static void say_platform(sp_wording *wording)
{
    sp_str written = wording->instruction->as.from.platform->value.text;
    sp_str value = wording->refusal->value->value;
    if (value.size == 0) {
        sp_buildkit__fill(wording->out, "empty platform value from expression %", written, SP_STR(""));
        return;
    }
    sp_buildkit__fill(wording->out, "failed to parse platform %: ", written, SP_STR(""));
    say_specifier(wording->out, value);
    sp_buf_text(wording->out, ": invalid argument");
}

/* The text after the last ':', and what stands before it. */
static sp_str cut_last(sp_str *text)
{
    size_t colon = text->size;
    while (colon > 0 && text->text[colon - 1] != ':')
        colon--;
    sp_str last = sp_str_skip(*text, colon);
    *text = sp_str_head(*text, colon > 0 ? colon - 1 : 0);
    return last;
}

static bool read_port(sp_str text, int64_t *out)
{
    return sp_str_to_int(text, out) && *out >= 0 && *out <= 65535;
}

static bool is_range(sp_str text, int64_t *width)
{
    int64_t first, last;
    size_t dash = sp_str_find(text, '-');
    *width = 0;
    if (!read_port(sp_str_head(text, dash), &first))
        return false;
    if (dash == text.size || sp_str_equal(sp_str_head(text, dash), sp_str_skip(text, dash + 1)))
        return true;
    if (!read_port(sp_str_skip(text, dash + 1), &last) || last < first)
        return false;
    *width = last - first;
    return true;
}

/* What is wrong with the brackets around an address; NULL: nothing. */
static const char *bracket_problem(sp_str address)
{
    size_t closing = sp_str_find(address, ']');
    if (closing == address.size)
        return "missing ']' in address";
    if (closing + 1 < address.size)
        return address.text[closing + 1] == ':' ? "too many colons in address" : "missing port in address";
    return sp_str_find(sp_str_skip(address, 1), '[') < address.size - 1 ? "unexpected '[' in address" : NULL;
}

static void say_address(sp_buf *out, sp_str address)
{
    const char *problem = sp_str_starts(address, SP_STR("[")) ? bracket_problem(address) : NULL;
    if (problem != NULL) {
        sp_buildkit__fill(out, "invalid IP address %: address %:: ", address, address);
        sp_buf_text(out, problem);
        return;
    }
    bool enclosed = sp_str_starts(address, SP_STR("["));
    sp_buildkit__fill(out, "invalid IP address: %",
                      enclosed ? sp_str_head(sp_str_skip(address, 1), address.size - 2) : address, SP_STR(""));
}

/* port = [ [ ip ":" ] host ":" ] container [ "/" protocol ]; what is left when these are right is the address, which
   BuildKit looks at before the numbers. */
static void say_port(sp_wording *wording)
{
    sp_buf *out = wording->out;
    sp_str all = wording->refusal->value->value, ip = all;
    sp_str last = cut_last(&ip), host = cut_last(&ip);
    size_t slash = sp_str_find(last, '/');
    sp_str container = sp_str_head(last, slash), protocol = sp_str_skip(last, slash + 1);
    int64_t width, host_width;
    bool known = protocol.size == 0 || sp_str_equal_nocase(protocol, SP_STR("tcp")) ||
                 sp_str_equal_nocase(protocol, SP_STR("udp")) || sp_str_equal_nocase(protocol, SP_STR("sctp"));
    if (container.size == 0 || !known) {
        sp_buf_text(out, "invalid port: ");
        sp_go_quote(out, all);
        sp_buildkit__fill(out, container.size == 0 ? ": no port specified" : ": invalid proto: %", protocol,
                          SP_STR(""));
    } else if (ip.size > 0 && !sp_check_is_address(ip)) {
        say_address(out, ip);
    } else if (!is_range(container, &width)) {
        sp_buf_text(out, "invalid containerPort: ");
        sp_buf_add(out, container);
    } else if (host.size > 0 && !is_range(host, &host_width)) {
        sp_buf_text(out, "invalid hostPort: ");
        sp_buf_add(out, host);
    } else {
        sp_buildkit__fill(out, "invalid ranges specified for container and host Ports: % and %", container, host);
    }
}

static void say_mode(sp_wording *wording)
{
    sp_str value = wording->refusal->value->value;
    if (sp_ascii_is_digit(value.text[0]))
        sp_buildkit__fill(wording->out,
                          "invalid chmod parameter: '%'. it should be octal string and between 0 and 07777", value,
                          SP_STR(""));
    else
        sp_buf_text(wording->out, "invalid syntax");
}

/* The digits that an algorithm has; 0 of one that is not known. */
static size_t digits_of(sp_str algorithm)
{
    static const char *const names[] = {"sha256", "sha384", "sha512"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sp_str_is(algorithm, names[i]))
            return 64 + 32 * i;
    }
    return 0;
}

/* algorithm = word { ( "." | "+" | "_" | "-" ) word }, a word of small letters and digits */
static bool is_algorithm(sp_str text)
{
    bool in_word = false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.text[i];
        bool of_word = sp_ascii_is_lower(byte) || sp_ascii_is_digit(byte);
        if (!of_word && (!in_word || byte == '\0' || strchr(".+_-", byte) == NULL))
            return false;
        in_word = of_word;
    }
    return in_word;
}

static void say_digest(sp_buf *out, sp_str value)
{
    sp_str algorithm = sp_str_head(value, sp_str_find(value, ':'));
    sp_str digits = sp_str_skip(value, algorithm.size + 1);
    size_t expected = digits_of(algorithm);
    bool is_whole = algorithm.size > 0 && digits.size > 0;
    if (is_whole && expected > 0 && digits.size != expected)
        sp_buf_text(out, "invalid checksum digest length");
    else if (!is_whole || expected > 0 || !is_algorithm(algorithm) || !is_made_of(digits, "=_-"))
        sp_buf_text(out, "invalid checksum digest format");
    else
        sp_buf_text(out, "unsupported digest algorithm");
}

static void say_checksum(sp_wording *wording)
{
    const sp_instruction *add = wording->instruction;
    sp_str source = add->as.copy.sources[0].text;
    if (add->as.copy.source_count - add->as.copy.inline_count != 1)
        sp_buf_text(wording->out, "checksum can't be specified for multiple sources");
    else if (!sp_str_starts(source, SP_STR("http://")) && !sp_str_starts(source, SP_STR("https://")))
        sp_buf_text(wording->out, "checksum requires HTTP(S) or Git sources");
    else
        say_digest(wording->out, wording->refusal->value->value);
}

typedef enum git_value { GIT_TEXT, GIT_BOOL, GIT_TIME } git_value;

/* What is wrong with an option of a git source; false: nothing. */
static bool say_git_option(sp_buf *out, sp_str name, sp_str value)
{
    static const struct {
        const char *name;
        git_value type;
    } known[] = {{"ref", GIT_TEXT},        {"tag", GIT_TEXT},
                 {"branch", GIT_TEXT},     {"subdir", GIT_TEXT},
                 {"checksum", GIT_TEXT},   {"commit", GIT_TEXT},
                 {"mtime", GIT_TIME},      {"keep-git-dir", GIT_BOOL},
                 {"submodules", GIT_BOOL}, {"fetch-by-commit", GIT_BOOL}};
    size_t i = 0;
    while (i < sizeof known / sizeof *known && !sp_str_is(name, known[i].name))
        i++;
    bool exists = i < sizeof known / sizeof *known;
    if (value.size == 0 && !(exists && known[i].type == GIT_BOOL)) {
        sp_buf_text(out, "query ");
        sp_go_quote(out, name);
        sp_buf_text(out, " has no value");
    } else if (!exists) {
        sp_buf_text(out, "unexpected query ");
        sp_go_quote(out, name);
    } else if (known[i].type == GIT_BOOL && value.size > 0 && !sp_str_is_bool(value)) {
        sp_buildkit__fill(out, "invalid % value: ", name, SP_STR(""));
        sp_go_quote(out, value);
    } else if (known[i].type == GIT_TIME && !sp_str_is(value, "checkout") && !sp_str_is(value, "commit")) {
        sp_buf_text(out, "invalid mtime value: ");
        sp_go_quote(out, value);
        sp_buf_text(out, " (must be \"checkout\" or \"commit\")");
    } else {
        return false;
    }
    return true;
}

static void say_conflict(sp_buf *out, const char *what, sp_str first, sp_str second)
{
    sp_buf_print(out, "%s conflicts: ", what);
    quote_two(out, first, " vs ", second);
}

/* A name under refs/, of a tag or a branch. */
static sp_str full_name(const sp_wording *wording, sp_str folder, sp_str name)
{
    sp_str parts[] = {folder, name};
    return sp_str_starts(name, folder) ? name : sp_arena_join(wording->document->arena, parts, 2);
}

static bool has_option(sp_str query, sp_str name)
{
    while (query.size > 0) {
        sp_str pair = sp_str_head(query, sp_str_find(query, '&'));
        if (sp_str_equal(sp_str_head(pair, sp_str_find(pair, '=')), name))
            return true;
        query = sp_str_skip(query, pair.size + 1);
    }
    return false;
}

/* source = address "?" option { "&" option } [ "#" [ ref ] [ ":" subdir ] ]: the first option that something is wrong
   with, else what two of them say differently. */
bool sp_buildkit__git(sp_wording *wording)
{
    sp_str source = wording->refusal->value->value, tag = {"", 0}, branch = {"", 0};
    sp_str query = sp_str_head(source, sp_str_find(source, '#')), fragment = sp_str_skip(source, query.size + 1);
    sp_str ref = sp_str_head(fragment, sp_str_find(fragment, ':')), folder = sp_str_skip(fragment, ref.size + 1);
    query = sp_str_skip(query, sp_str_find(query, '?') + 1);
    while (query.size > 0) {
        sp_str pair = sp_str_head(query, sp_str_find(query, '&'));
        query = sp_str_skip(query, pair.size + 1);
        sp_str name = sp_str_head(pair, sp_str_find(pair, '=')), value = sp_str_skip(pair, name.size + 1);
        if (pair.size > 0 && say_git_option(wording->out, name, value))
            return true;
        if (has_option(query, name)) {
            sp_buf_text(wording->out, "query ");
            sp_go_quote(wording->out, name);
            sp_buf_text(wording->out, " has multiple values");
            return true;
        }
        sp_str *known = sp_str_is(name, "ref") ? &ref : sp_str_is(name, "subdir") ? &folder : NULL;
        if (known != NULL && known->size > 0 && !sp_str_equal(*known, value)) {
            say_conflict(wording->out, known == &ref ? "ref" : "subdir", *known, value);
            return true;
        }
        if (known != NULL)
            *known = value;
        tag = sp_str_is(name, "tag") ? full_name(wording, SP_STR("refs/tags/"), value) : tag;
        branch = sp_str_is(name, "branch") ? full_name(wording, SP_STR("refs/heads/"), value) : branch;
    }
    if (tag.size > 0 && ref.size > 0 && !sp_str_equal(ref, tag))
        say_conflict(wording->out, "ref", ref, tag);
    else if (tag.size > 0 && branch.size > 0)
        sp_buf_text(wording->out, "branch conflicts with tag");
    else if (branch.size > 0 && ref.size > 0 && !sp_str_equal(ref, branch))
        say_conflict(wording->out, "ref", ref, branch);
    else
        return false;
    return true;
}

/* option = name "=" value; the third takes the rest */
static void say_option(sp_wording *wording)
{
    sp_str rest = sp_source_text(&wording->document->source, wording->refusal->span);
    rest = sp_str_head(rest, sp_str_find(rest, ' '));
    for (int i = 1; rest.size > 0; i++) {
        sp_str option = i == 3 ? rest : sp_str_head(rest, sp_str_find(rest, ';'));
        sp_str name = sp_str_head(option, sp_str_find(option, '=')), shown = sp_str_trim(name);
        rest = sp_str_skip(rest, option.size + 1);
        bool is_error = sp_str_equal(shown, SP_STR("error"));
        bool known = is_error || sp_str_equal(shown, SP_STR("skip")) || sp_str_equal(shown, SP_STR("experimental"));
        sp_str value = sp_str_trim(sp_str_skip(option, name.size + 1));
        if (known && name.size < option.size && (!is_error || sp_str_is_bool(value)))
            continue;
        sp_buf_text(wording->out, "failed to parse check options: ");
        if (name.size == option.size || !known) {
            sp_buf_text(wording->out, "invalid check option ");
            sp_go_quote(wording->out, name.size == option.size ? option : shown);
            return;
        }
        quote_two(wording->out, option, ": strconv.ParseBool: parsing ", value);
        return;
    }
}

/* It is read as a number first, then as the name of a stage, which must then be FROM scratch, ADD and ARG alone. */
static void say_epoch(sp_wording *wording)
{
    const sp_graph *graph = wording->graph;
    const sp_binding *binding = sp_map_find(graph->globals, SP_STR("SOURCE_DATE_EPOCH"));
    if (wording->instruction->kind != SP_FROM) {
        sp_buf_text(wording->out, "invalid SOURCE_DATE_EPOCH: ");
        sp_buf_add(wording->out, binding != NULL ? binding->variable.value : SP_STR(""));
        return;
    }
    uint32_t from = sp_buildkit__executed(graph, wording->instruction);
    const sp_stage *stage = &graph->stages[graph->instructions[from].stage];
    if (graph->edges[stage->base].origin != SP_ORIGIN_SCRATCH) {
        sp_buf_text(wording->out, "SOURCE_DATE_EPOCH stage must use FROM scratch");
        return;
    }
    for (uint32_t i = 1; i < stage->count; i++) {
        sp_instruction_kind kind = graph->instructions[from + i].instruction->kind;
        if (kind != SP_ARG && kind != SP_ADD) {
            sp_buildkit__fill(
                wording->out,
                "SOURCE_DATE_EPOCH stage does not meet source-only requirements: unsupported % instruction",
                sp_instruction_name(kind), SP_STR(""));
            return;
        }
    }
    sp_buf_text(wording->out, "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD");
}

void sp_buildkit__value(sp_wording *wording)
{
    const sp_instruction *on = wording->instruction;
    const sp_value *value = wording->refusal->value;
    if (on == NULL) {
        say_option(wording);
        return;
    }
    if (value == NULL) {
        say_epoch(wording);
        return;
    }
    const sp_flag *flag = sp_buildkit__find_flag(wording);
    if (on->kind == SP_FROM)
        say_platform(wording);
    else if (on->kind == SP_EXPOSE)
        say_port(wording);
    else if (on->kind == SP_STOPSIGNAL)
        sp_buildkit__fill(wording->out, "invalid signal: %", value->value, SP_STR(""));
    else if (flag == NULL)
        sp_buildkit__git(wording);
    else if (sp_str_equal(flag->name, SP_STR("chown")))
        sp_buildkit__fill(
            wording->out,
            "--chown=%: user and group names can't be resolved when used with --link, use numeric uid[:gid] "
            "instead",
            value->value, SP_STR(""));
    else if (sp_str_equal(flag->name, SP_STR("chmod")))
        say_mode(wording);
    else
        say_checksum(wording);
}

/* ---- image references ---- */

/* The reference without its registry, which has a '.', a ':', upper case or is localhost, up to the tag; "library/"
   stands before a bare name of the usual registry. */
static sp_str repository_of(sp_str text, bool *is_bare)
{
    size_t slash = sp_str_find(text, '/');
    sp_str registry = sp_str_head(text, slash);
    bool is_registry = slash < text.size && (sp_str_find(registry, '.') < slash || sp_str_find(registry, ':') < slash ||
                                             sp_str_equal(registry, SP_STR("localhost")) || !sp_go_is_lower(registry));
    bool is_usual = !is_registry || sp_str_is(registry, "docker.io") || sp_str_is(registry, "index.docker.io");
    sp_str path = is_registry ? sp_str_skip(text, slash + 1) : text;
    *is_bare = is_usual && sp_str_find(path, '/') == path.size;
    return sp_str_head(path, sp_str_find(path, ':'));
}

static bool is_hash(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (sp_ascii_hex(text.text[i]) < 0 || sp_ascii_is_upper(text.text[i]))
            return false;
    }
    return text.size == 64;
}

/* digest = letters { sign letters } ":" 32 or more hexadecimal digits: what a reference may end with, whatever its
   algorithm */
static bool is_digest(sp_str text)
{
    sp_str algorithm = sp_str_head(text, sp_str_find(text, ':'));
    sp_str digits = sp_str_skip(text, algorithm.size + 1);
    bool may_begin = true;
    for (size_t i = 0; i < algorithm.size; i++) {
        char byte = algorithm.text[i];
        bool sign = byte == '-' || byte == '_' || byte == '+' || byte == '.';
        if (may_begin ? !sp_ascii_is_letter(byte) : !sign && !sp_ascii_is_letter_or_digit(byte))
            return false;
        may_begin = sign;
    }
    for (size_t i = 0; i < digits.size; i++) {
        if (sp_ascii_hex(digits.text[i]) < 0)
            return false;
    }
    return !may_begin && digits.size >= 32;
}

/* The --from or `from` that the refusal is about. */
static sp_str link_text(const sp_wording *wording)
{
    const sp_instruction *on = wording->instruction;
    const sp_edge *lost = sp_buildkit__lost(wording);
    if (lost != NULL)
        return lost->reference.text;
    return on->kind == SP_COPY ? on->as.copy.from->value.text
                               : sp_source_text(&wording->document->source, wording->refusal->span);
}

void sp_buildkit__reference(sp_wording *wording)
{
    sp_buf *out = wording->out;
    sp_str text = wording->refusal->value != NULL ? wording->refusal->value->value : link_text(wording);
    sp_buf_text(out, "failed to parse stage name ");
    sp_go_quote(out, text);
    sp_buf_text(out, ": ");
    bool is_bare;
    sp_str repository = repository_of(text, &is_bare), problem;
    sp_str name = sp_str_head(text, sp_str_find(text, '@')), digest = sp_str_skip(text, name.size + 1);
    sp_reference read;
    if (is_hash(text))
        sp_buildkit__fill(out, "invalid repository name (%), cannot specify 64-byte hexadecimal strings", text,
                          SP_STR(""));
    else if (!sp_go_is_lower(repository))
        sp_buildkit__fill(out, "invalid reference format: repository name (%%) must be lowercase",
                          is_bare ? SP_STR("library/") : SP_STR(""), repository);
    else if (is_digest(digest) && sp_reference_parse(wording->document->arena, name, &read, &problem))
        say_digest(out, digest);
    else
        sp_buf_text(out, "invalid reference format");
}
