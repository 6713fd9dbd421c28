/* Whether BuildKit accepts a text as what it is meant to be: one predicate a kind of value. */
#include "graph/check.h"

#include "base/ascii.h"

static bool is_one_of_nocase(sp_str text, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        if (sp_str_equal_nocase(text, sp_str_from(*texts)))
            return true;
    }
    return false;
}

static bool is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_hex(char byte)
{
    return sp_ascii_hex(byte) >= 0;
}

/* The name rule of FROM already holds: lower-case letters, digits, '_', '.' and '-'. */
bool sp_check__is_context_name(sp_str text)
{
    size_t run = 0; /* separators in a row */
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        if (sp_ascii_is_letter_or_digit(c)) {
            run = 0;
            continue;
        }
        run++;
        bool same = run < 2 || text.text[i - 1] == c;
        if (!same || (c == '.' && run > 1) || (c == '_' && run > 2))
            return false;
    }
    return run == 0;
}

/* clause = { "u" | "g" | "o" | "a" } operation { operation };  operation = ("+" | "-" | "=") { permission } */
static bool is_symbolic(sp_str text)
{
    size_t at = 0;
    for (;;) {
        while (at < text.size && is_in(text.text[at], "ugoa"))
            at++;
        bool operation = false;
        while (at < text.size && is_in(text.text[at], "+-=")) {
            operation = true;
            at++;
            while (at < text.size && is_in(text.text[at], "rwxXstugo"))
                at++;
        }
        if (!operation)
            return false;
        if (at == text.size)
            return true;
        if (text.text[at++] != ',')
            return false;
    }
}

bool sp_check__is_number(sp_str text, unsigned base)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] < '0' || text.text[i] >= (char)('0' + base))
            return false;
        value = value * base + (unsigned)(text.text[i] - '0');
        if (value > UINT32_MAX)
            return false;
    }
    return text.size > 0;
}

static bool is_octal_mode(sp_str text)
{
    while (text.size > 4 && text.text[0] == '0')
        text = sp_str_skip(text, 1);
    return sp_check__is_number(text, 8) && text.size <= 4;
}

bool sp_check__is_mode(sp_str text)
{
    if (text.size > 0 && sp_ascii_is_digit(text.text[0]))
        return is_octal_mode(text);
    return is_symbolic(text);
}

/* One side of --chown; an empty one is accepted. */
static bool is_numeric_id(sp_str text)
{
    int64_t value;
    if (text.size == 0 || sp_str_equal(text, SP_STR("root")))
        return true;
    return sp_str_to_int(text, &value) && value >= INT32_MIN && value <= INT32_MAX;
}

bool sp_check__is_numeric_owner(sp_str text)
{
    size_t colon = sp_str_find(text, ':');
    return is_numeric_id(sp_str_head(text, colon)) && is_numeric_id(sp_str_skip(text, colon + 1));
}

static bool is_port_number(sp_str text, int64_t *out)
{
    return sp_str_to_int(text, out) && *out >= 0 && *out <= 65535;
}

/* range = port [ "-" port ], not downwards */
static bool is_port_range(sp_str text, int64_t *width)
{
    int64_t first, last;
    size_t dash = sp_str_find(text, '-');
    sp_str start = sp_str_head(text, dash), end = sp_str_skip(text, dash + 1);
    *width = 0;
    if (!is_port_number(start, &first))
        return false;
    if (dash == text.size || sp_str_equal(start, end))
        return true;
    if (!is_port_number(end, &last) || last < first)
        return false;
    *width = last - first;
    return true;
}

/* Four decimal numbers without leading zeros, up to 255. */
static bool is_ip4(sp_str text)
{
    for (int part = 0; part < 4; part++) {
        size_t dot = sp_str_find(text, '.');
        sp_str number = sp_str_head(text, dot);
        uint64_t value;
        if (number.size == 0 || number.size > 3 || !sp_str_to_uint(number, &value) || value > 255)
            return false;
        if ((number.size > 1 && number.text[0] == '0') || (dot == text.size) != (part == 3))
            return false;
        text = sp_str_skip(text, dot + 1);
    }
    return true;
}

/* group = one to four hexadecimal digits */
static bool is_ip6_group(sp_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!is_hex(text.text[i]))
            return false;
    }
    return text.size > 0 && text.size <= 4;
}

/* groups = group { ":" group } [ ":" IPv4 ]; their number, or -1. */
static int count_ip6_groups(sp_str text)
{
    int groups = 0;
    if (text.size == 0)
        return 0;
    for (;;) {
        size_t colon = sp_str_find(text, ':');
        sp_str group = sp_str_head(text, colon);
        if (colon == text.size && is_ip4(group))
            return groups + 2;
        if (!is_ip6_group(group) || ++groups > 8)
            return -1;
        if (colon == text.size)
            return groups;
        text = sp_str_skip(text, colon + 1);
    }
}

/* Eight groups, or fewer around one "::". */
static bool is_ip6(sp_str text)
{
    size_t gap = sp_str_search(text, SP_STR("::"));
    if (gap == SIZE_MAX)
        return count_ip6_groups(text) == 8;
    sp_str head = sp_str_head(text, gap);
    int before = count_ip6_groups(head), after = count_ip6_groups(sp_str_skip(text, gap + 2));
    bool ends_in_ip4 = sp_str_find(head, '.') < head.size;
    return before >= 0 && after >= 0 && before + after < 8 && !ends_in_ip4;
}

bool sp_check_is_address(sp_str text)
{
    if (text.size > 1 && text.text[0] == '[' && text.text[text.size - 1] == ']')
        text = sp_str_head(sp_str_skip(text, 1), text.size - 2);
    return text.size == 0 || is_ip4(text) || is_ip6(text); /* "[]" is no address at all, which is right */
}

static size_t find_last(sp_str text, char byte)
{
    size_t at = text.size;
    while (at > 0 && text.text[at - 1] != byte)
        at--;
    return at == 0 ? text.size : at - 1;
}

/* protocol = "tcp" | "udp" | "sctp" in any case; nothing means tcp */
static bool is_protocol(sp_str text)
{
    static const char *const protocols[] = {"tcp", "udp", "sctp", "", NULL};
    return is_one_of_nocase(text, protocols);
}

bool sp_check__is_port(sp_str text)
{
    sp_str host = {"", 0}, ip = {"", 0};
    int64_t width, host_width;
    size_t colon = find_last(text, ':');
    if (colon < text.size) {
        host = sp_str_head(text, colon);
        text = sp_str_skip(text, colon + 1);
        colon = find_last(host, ':');
        if (colon < host.size) {
            ip = sp_str_head(host, colon);
            host = sp_str_skip(host, colon + 1);
        }
    }
    size_t slash = sp_str_find(text, '/');
    if (!is_protocol(sp_str_skip(text, slash + 1)) || (ip.size > 0 && !sp_check_is_address(ip)))
        return false;
    if (!is_port_range(sp_str_head(text, slash), &width))
        return false;
    if (host.size == 0)
        return true;
    return is_port_range(host, &host_width) && (width == 0 || width == host_width);
}

/* RTMIN[+n] and RTMAX[-n], n from 1 without leading zeros. */
static bool is_realtime_signal(sp_str name)
{
    bool from_end = sp_str_equal_nocase(sp_str_head(name, 5), SP_STR("RTMAX"));
    if (!from_end && !sp_str_equal_nocase(sp_str_head(name, 5), SP_STR("RTMIN")))
        return false;
    sp_str rest = sp_str_skip(name, 5);
    uint64_t value;
    if (rest.size == 0)
        return true;
    if (rest.text[0] != (from_end ? '-' : '+') || rest.size > 3 || (rest.size > 1 && rest.text[1] == '0'))
        return false;
    return sp_str_to_uint(sp_str_skip(rest, 1), &value) && value >= 1 && value <= (from_end ? 14u : 15u);
}

bool sp_check__is_signal(sp_str text)
{
    static const char *const names[] = {"ABRT", "ALRM",   "BUS",  "CHLD",   "CLD",   "CONT", "FPE",  "HUP",  "ILL",
                                        "INT",  "IO",     "IOT",  "KILL",   "PIPE",  "POLL", "PROF", "PWR",  "QUIT",
                                        "SEGV", "STKFLT", "STOP", "SYS",    "TERM",  "TRAP", "TSTP", "TTIN", "TTOU",
                                        "URG",  "USR1",   "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", NULL};
    int64_t number;
    if (sp_str_to_int(text, &number))
        return number != 0;
    char folded[SP_FOLDED_SIZE];
    text = sp_str_fold(text, SP_FOLD_UPPER, folded);
    if (sp_str_equal_nocase(sp_str_head(text, 3), SP_STR("SIG")))
        text = sp_str_skip(text, 3);
    return is_one_of_nocase(text, names) || is_realtime_signal(text);
}

/* number = digits [ "." digits ], one side may be empty */
static bool is_decimal(sp_str text)
{
    bool digits = false, dot = false;
    for (size_t i = 0; i < text.size; i++) {
        if (sp_ascii_is_digit(text.text[i]))
            digits = true;
        else if (text.text[i] == '.' && !dot)
            dot = true;
        else
            return false;
    }
    return digits;
}

/* size = number [ " " ] [ (k | m | g | t | p) [ "b" | "ib" ] | "b" ] */
bool sp_check__is_size(sp_str text)
{
    size_t end = text.size;
    while (end > 0 && !sp_ascii_is_digit(text.text[end - 1]) && text.text[end - 1] != '.' && text.text[end - 1] != ' ')
        end--;
    sp_str number = sp_str_head(text, end), suffix = sp_str_skip(text, end);
    if (number.size > 0 && number.text[number.size - 1] == ' ')
        number = sp_str_head(number, number.size - 1);
    if (number.size > 0 && number.text[0] == '+')
        number = sp_str_skip(number, 1);
    if (!is_decimal(number))
        return false;
    if (suffix.size == 0)
        return true;
    if (suffix.size > 3)
        return false;
    if (!is_in(sp_ascii_lower(suffix.text[0]), "kmgtp"))
        return suffix.size == 1 && sp_ascii_lower(suffix.text[0]) == 'b';
    sp_str rest = sp_str_skip(suffix, 1);
    return rest.size == 0 || sp_str_equal_nocase(rest, SP_STR("b")) || sp_str_equal_nocase(rest, SP_STR("ib"));
}
