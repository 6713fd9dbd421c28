/* Numbers of JSON: those that a double holds, as Go's encoding/json reads them. */
#include "dockerfile/json.h"

#include "base/ascii.h"

/* digits = { digit }; how many */
static uint32_t take_digits(sp_json_reader *json)
{
    const char *start = json->next;
    while (json->next < json->end && sp_ascii_is_digit(*json->next))
        json->next++;
    return (uint32_t)(json->next - start);
}

/* Whether significant digits (the first not zero) reach what rounds to infinity as a double, 2^1024 - 2^970. */
static bool reaches_infinity(const char *number, const char *end)
{
    static const char limit[] =
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286"
        "416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571"
        "366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792";
    size_t position = 0;
    for (; number < end && *number != 'e' && *number != 'E'; number++) {
        if (!sp_ascii_is_digit(*number) || (position == 0 && *number == '0'))
            continue;
        char wanted = position < sizeof limit - 1 ? limit[position] : '0';
        if (*number != wanted)
            return *number > wanted;
        position++;
    }
    while (position < sizeof limit - 1 && limit[position] == '0')
        position++;
    return position >= sizeof limit - 1;
}

/* The place of the first significant digit: value = 0.d… times ten to that power; INT32_MIN for zero. */
static int64_t first_digit_power(const char *number, const char *end)
{
    int64_t power = 0;
    bool fraction = false;
    const char *next = number;
    while (next < end && (*next == '-' || *next == '0'))
        next++;
    if (next == end || *next == 'e' || *next == 'E')
        return INT32_MIN;
    for (; next < end && *next != 'e' && *next != 'E'; next++) {
        if (*next == '.')
            fraction = true;
        else if (!fraction)
            power++;
        else if (power <= 0 && *next == '0')
            power--;
        else
            return power;
    }
    return fraction && power <= 0 ? INT32_MIN : power;
}

static bool overflows(const char *number, const char *end)
{
    enum { LARGEST = 309 };
    int64_t power = first_digit_power(number, end), exponent = 0;
    const char *next = number;
    while (next < end && *next != 'e' && *next != 'E')
        next++;
    bool negative = end - next > 1 && next[1] == '-';
    for (; next < end; next++) {
        if (sp_ascii_is_digit(*next) && exponent < INT32_MAX / 16)
            exponent = exponent * 10 + (*next - '0');
    }
    power += negative ? -exponent : exponent;
    return power > LARGEST || (power == LARGEST && reaches_infinity(number, end));
}

/* number = [ "-" ] ( "0" | digits ) [ "." digits ] [ ( "e" | "E" ) [ "+" | "-" ] digits ], and a double holds it */
bool sp_json__read_number(sp_json_reader *json)
{
    const char *start = json->next;
    sp_json__take(json, '-');
    if (!sp_json__take(json, '0') && take_digits(json) == 0)
        return false;
    if (sp_json__take(json, '.') && take_digits(json) == 0)
        return false;
    if (json->next < json->end && (*json->next == 'e' || *json->next == 'E')) {
        json->next++;
        if (!sp_json__take(json, '+'))
            sp_json__take(json, '-');
        if (take_digits(json) == 0)
            return false;
    }
    return !overflows(start, json->next);
}
