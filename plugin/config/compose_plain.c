/* What a plain scalar is for compose: its YAML reader (go.yaml.in/yaml v4) makes numbers of some, and writes them anew,
   so that VERSION: 3.10 is the build argument 3.1. */
#include "config/compose_reading.h"

#include "base/ascii.h"

/* A decimal number: 0.DIGITS × 10^point. */
typedef struct decimal {
    bool negative;
    char digits[24]; /* without zeros at either end */
    size_t count;
    int point;
    bool overflows; /* there are more digits than `digits` holds */
} decimal;

/* Digits that a floating point number keeps; powers of ten, more than which are left alone; those that Go writes out.
 */
enum { EXACT_DIGITS = 15, LARGEST_EXPONENT = 300, LARGEST_PLAIN = 5 };

static bool is_among(sp_str scalar, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sp_str_is(scalar, names[i]))
            return true;
    }
    return false;
}

static sp_str without_underscores(sp_arena *arena, sp_str scalar)
{
    char *bytes = sp_arena_alloc(arena, scalar.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < scalar.size; i++) {
        if (scalar.text[i] != '_')
            bytes[size++] = scalar.text[i];
    }
    return (sp_str){bytes, size};
}

/* integer = [ sign ] ( "0x" hex | "0o" octal | "0b" binary | "0" octal | decimal ), in 64 bits */
static bool read_integer(sp_str text, bool *negative, uint64_t *out)
{
    *negative = sp_str_starts(text, SP_STR("-"));
    bool has_sign = *negative || sp_str_starts(text, SP_STR("+"));
    text = sp_str_skip(text, has_sign);
    unsigned base = 10;
    if (text.size > 1 && text.text[0] == '0') {
        char letter = sp_ascii_lower(text.text[1]);
        base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
        text = sp_str_skip(text, letter == 'x' || letter == 'b' || letter == 'o' ? 2 : 1);
    }
    uint64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        int digit = sp_ascii_hex(text.text[i]);
        if (digit < 0 || (unsigned)digit >= base || value > (UINT64_MAX - (unsigned)digit) / base)
            return false;
        value = value * base + (unsigned)digit;
    }
    *out = value;
    bool fits = *negative ? value <= (uint64_t)INT64_MAX + 1 : !has_sign || value <= INT64_MAX;
    return text.size > 0 && fits;
}

static size_t digits_of(sp_str text)
{
    size_t count = 0;
    while (count < text.size && sp_ascii_is_digit(text.text[count]))
        count++;
    return count;
}

/* exponent = ( "e" | "E" ) [ sign ] digits */
static bool read_exponent(sp_str text, int *out)
{
    *out = 0;
    if (text.size == 0)
        return true;
    if (sp_ascii_lower(text.text[0]) != 'e')
        return false;
    text = sp_str_skip(text, 1);
    bool negative = sp_str_starts(text, SP_STR("-"));
    text = sp_str_skip(text, negative || sp_str_starts(text, SP_STR("+")));
    if (text.size == 0 || digits_of(text) != text.size)
        return false;
    uint64_t value = 0;
    if (!sp_str_to_uint(text, &value) || value > LARGEST_EXPONENT)
        value = 2 * LARGEST_EXPONENT;
    *out = negative ? -(int)value : (int)value;
    return true;
}

static void add_digits(decimal *number, sp_str digits, bool before_point)
{
    for (size_t i = 0; i < digits.size; i++) {
        bool leads = number->count == 0 && digits.text[i] == '0';
        bool fits = number->count < sizeof number->digits;
        if (!leads && fits)
            number->digits[number->count++] = digits.text[i];
        number->overflows |= !fits && digits.text[i] != '0';
        number->point += before_point && !leads;
        number->point -= !before_point && leads;
    }
}

/* float = [ sign ] ( "." digits | digits [ "." [ digits ] ] ) [ exponent ] */
static bool read_float(sp_str text, decimal *out)
{
    *out = (decimal){.negative = sp_str_starts(text, SP_STR("-"))};
    text = sp_str_skip(text, out->negative || sp_str_starts(text, SP_STR("+")));
    size_t whole = digits_of(text);
    add_digits(out, sp_str_head(text, whole), true);
    text = sp_str_skip(text, whole);
    size_t fraction = 0;
    if (sp_str_starts(text, SP_STR("."))) {
        fraction = digits_of(sp_str_skip(text, 1));
        add_digits(out, sp_str_head(sp_str_skip(text, 1), fraction), false);
        text = sp_str_skip(text, 1 + fraction);
    }
    int exponent = 0;
    if (whole + fraction == 0 || !read_exponent(text, &exponent))
        return false;
    while (out->count > 0 && out->digits[out->count - 1] == '0')
        out->count--;
    out->point += exponent;
    return true;
}

/* The shortest text of a number, as Go writes it: with an exponent from 10^6 on and below 10^-4. */
static sp_str write_float(sp_arena *arena, const decimal *number)
{
    const char *sign = number->negative ? "-" : "";
    int count = (int)number->count, exponent = number->point - 1;
    if (count == 0)
        return sp_arena_print(arena, "%s0", sign);
    if (exponent < -4 || exponent > LARGEST_PLAIN)
        return sp_arena_print(arena, "%s%c%s%.*se%c%02d", sign, number->digits[0], count > 1 ? "." : "", count - 1,
                              number->digits + 1, exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
    if (number->point <= 0)
        return sp_arena_print(arena, "%s0.%.*s%.*s", sign, -number->point, "0000", count, number->digits);
    if (number->point >= count)
        return sp_arena_print(arena, "%s%.*s%.*s", sign, count, number->digits, number->point - count, "00000");
    return sp_arena_print(arena, "%s%.*s.%.*s", sign, number->point, number->digits, count - number->point,
                          number->digits + number->point);
}

/* date = year "-" month "-" day [ ( "T" | "t" | " " ) time ]; compose's reader makes a point in time of one */
static bool is_date(sp_str text)
{
    size_t year = digits_of(text);
    sp_str rest = sp_str_skip(text, year);
    for (int i = 0; i < 2; i++) {
        size_t digits = digits_of(sp_str_skip(rest, 1));
        if (year != 4 || !sp_str_starts(rest, SP_STR("-")) || digits < 1 || digits > 2)
            return false;
        rest = sp_str_skip(rest, 1 + digits);
    }
    return rest.size == 0 || strchr("Tt ", rest.text[0]) != NULL;
}

static sp_compose__plain number_of(sp_arena *arena, sp_str scalar, sp_str *out)
{
    bool negative = false;
    uint64_t value = 0;
    decimal number;
    if (is_date(scalar))
        return SP_COMPOSE_IS_INEXACT;
    sp_str plain = scalar.text[0] == '.' ? scalar : without_underscores(arena, scalar);
    if (read_integer(plain, &negative, &value)) {
        *out = sp_arena_print(arena, "%s%llu", negative ? "-" : "", (unsigned long long)value);
        return SP_COMPOSE_IS_OTHER;
    }
    if (!read_float(plain, &number))
        return SP_COMPOSE_IS_TEXT;
    if (number.overflows || number.count > EXACT_DIGITS || number.point > LARGEST_EXPONENT ||
        number.point < -LARGEST_EXPONENT)
        return SP_COMPOSE_IS_INEXACT;
    *out = write_float(arena, &number);
    return SP_COMPOSE_IS_OTHER;
}

sp_compose__plain sp_compose__plain_of(sp_arena *arena, sp_str scalar, sp_str *out)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    static const char *const trues[] = {"true", "True", "TRUE"}, *const falses[] = {"false", "False", "FALSE"};
    static const char *const nans[] = {".nan", ".NaN", ".NAN"}, *const zeros[] = {"-0", "-0.0"};
    static const char *const negatives[] = {"-.inf", "-.Inf", "-.INF"};
    static const char *const infinities[] = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"};
    static const struct {
        const char *const *names;
        size_t count;
        const char *text;
    } words[] = {{trues, 3, "true"}, {falses, 3, "false"},    {nans, 3, "NaN"},
                 {zeros, 2, "-0"},   {infinities, 6, "+Inf"}, {negatives, 3, "-Inf"}};
    *out = scalar;
    if (is_among(scalar, nulls, sizeof nulls / sizeof *nulls)) {
        *out = SP_STR("");
        return SP_COMPOSE_IS_NULL;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!is_among(scalar, words[i].names, words[i].count))
            continue;
        *out = sp_str_from(words[i].text);
        return SP_COMPOSE_IS_OTHER;
    }
    bool may_be_number = sp_ascii_is_digit(scalar.text[0]) || strchr("+-.", scalar.text[0]) != NULL;
    return may_be_number ? number_of(arena, scalar, out) : SP_COMPOSE_IS_TEXT;
}
