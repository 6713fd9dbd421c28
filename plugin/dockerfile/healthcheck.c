/* What the instruction layer refuses about HEALTHCHECK. */
#include "dockerfile/check.h"

#include "base/ascii.h"

/* unit = "ns" | "us" | "µs" | "ms" | "s" | "m" | "h"; its nanoseconds, 0 when the text begins with none */
static uint64_t read_unit(sp_str *text)
{
    static const struct {
        sp_str name;
        uint64_t nanoseconds;
    } units[] = {
        {{"ns", 2}, 1u},       {{"us", 2}, 1000u},      {{"\xC2\xB5s", 3}, 1000u}, {{"\xCE\xBCs", 3}, 1000u},
        {{"ms", 2}, 1000000u}, {{"s", 1}, 1000000000u}, {{"m", 1}, 60000000000u},  {{"h", 1}, 3600000000000u},
    };
    size_t size = 0;
    while (size < text->size && text->text[size] != '.' && !sp_ascii_is_digit(text->text[size]))
        size++;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (sp_str_equal(sp_str_head(*text, size), units[i].name)) {
            *text = sp_str_skip(*text, size);
            return units[i].nanoseconds;
        }
    }
    return 0;
}

static size_t count_digits(sp_str text)
{
    size_t count = 0;
    while (count < text.size && sp_ascii_is_digit(text.text[count]))
        count++;
    return count;
}

/* The fraction's share of a unit; digits that a double cannot hold are dropped, as Go does. */
static uint64_t fraction_of(sp_str digits, uint64_t unit)
{
    double value = 0, scale = 1;
    for (size_t i = 0; i < digits.size && scale < 1e18; i++) {
        value = value * 10 + (digits.text[i] - '0');
        scale *= 10;
    }
    return (uint64_t)(value * ((double)unit / scale));
}

/* part = digits [ "." [ digits ] ] unit | "." digits unit; false when it is none or does not fit 63 bits */
static bool read_part(sp_str *text, uint64_t *total)
{
    uint64_t whole = 0;
    size_t count = count_digits(*text);
    if (count > 0 && !sp_str_to_uint(sp_str_head(*text, count), &whole))
        return false;
    *text = sp_str_skip(*text, count);
    sp_str fraction = SP_STR("");
    if (text->size > 0 && text->text[0] == '.') {
        *text = sp_str_skip(*text, 1);
        fraction = sp_str_head(*text, count_digits(*text));
        *text = sp_str_skip(*text, fraction.size);
    }
    uint64_t unit = count + fraction.size > 0 ? read_unit(text) : 0;
    if (unit == 0 || whole > (uint64_t)INT64_MAX / unit)
        return false;
    uint64_t value = whole * unit + fraction_of(fraction, unit);
    *total += value;
    return value <= (uint64_t)INT64_MAX && *total <= (uint64_t)INT64_MAX;
}

/* duration = [ sign ] ( "0" | part { part } ); false when it is none. `nanoseconds` is without the sign. */
static bool read_duration(sp_str text, bool *negative, uint64_t *nanoseconds)
{
    *nanoseconds = 0;
    *negative = text.size > 0 && text.text[0] == '-';
    if (text.size > 0 && (text.text[0] == '-' || text.text[0] == '+'))
        text = sp_str_skip(text, 1);
    if (sp_str_equal(text, SP_STR("0")))
        return true;
    bool right = text.size > 0;
    while (right && text.size > 0)
        right = read_part(&text, nanoseconds);
    return right;
}

static void check_duration(sp_parser *parser, sp_instruction *healthcheck, const sp_flag *flag)
{
    bool negative;
    uint64_t nanoseconds;
    sp_str text = flag->value.text;
    if (!read_duration(text, &negative, &nanoseconds))
        sp_parser__refuse(parser, healthcheck, SP_DIAGNOSTIC_FLAG_VALUE, flag->value.span,
                          "'%.*s' is no duration; write a number with its unit, like 30s or 1m30s",
                          SP_STR_ARG(sp_parser__brief(text)));
    else if (nanoseconds != 0 && (negative || nanoseconds < 1000000u))
        sp_parser__refuse(parser, healthcheck, SP_DIAGNOSTIC_FLAG_VALUE, flag->value.span,
                          "--%.*s must be 0 or at least 1ms", SP_STR_ARG(flag->name));
}

static void check_retries(sp_parser *parser, sp_instruction *healthcheck, const sp_flag *flag)
{
    int64_t number;
    if (sp_str_to_int(flag->value.text, &number) && number >= 0 && number <= INT32_MAX)
        return;
    sp_parser__refuse(parser, healthcheck, SP_DIAGNOSTIC_FLAG_VALUE, flag->value.span,
                      "--retries must be a whole number from 0 to 2147483647, not '%.*s'",
                      SP_STR_ARG(sp_parser__brief(flag->value.text)));
}

static void check_flags(sp_parser *parser, sp_instruction *healthcheck)
{
    static const sp_str durations[] = {{"interval", 8}, {"timeout", 7}, {"start-period", 12}, {"start-interval", 14}};
    sp_flag__check(parser, healthcheck);
    for (size_t i = 0; i < sizeof durations / sizeof durations[0]; i++) {
        const sp_flag *flag = sp_instruction_flag(healthcheck, durations[i]);
        if (flag != NULL && flag->value.text.size > 0)
            check_duration(parser, healthcheck, flag);
    }
    const sp_flag *retries = sp_instruction_flag(healthcheck, SP_STR("retries"));
    if (retries != NULL && retries->value.text.size > 0)
        check_retries(parser, healthcheck, retries);
}

static void check_none(sp_parser *parser, sp_instruction *healthcheck)
{
    healthcheck->as.healthcheck.none = true;
    if (healthcheck->arguments.count == 0)
        return;
    sp_parser__refuse(parser, healthcheck, SP_DIAGNOSTIC_ARGUMENT_COUNT, healthcheck->arguments.items[0].span,
                      "HEALTHCHECK NONE takes no arguments; remove what follows, a comment needs a line of its own");
}

/* The type word leaves the arguments; what remains is the command. */
void sp_check__healthcheck(sp_parser *parser, sp_instruction *healthcheck)
{
    if (healthcheck->arguments.count == 0)
        return;
    sp_word type = healthcheck->arguments.items[0];
    healthcheck->as.healthcheck.type = type;
    healthcheck->arguments.items++;
    healthcheck->arguments.count--;
    healthcheck->arguments.capacity--;
    if (sp_str_equal_nocase(type.text, SP_STR("NONE"))) {
        check_none(parser, healthcheck);
        return;
    }
    bool missing = healthcheck->arguments.count == 0 && !healthcheck->broken;
    check_flags(parser, healthcheck);
    if (!sp_str_equal_nocase(type.text, SP_STR("CMD")))
        sp_parser__refuse(parser, healthcheck, SP_DIAGNOSTIC_HEALTHCHECK_TYPE, type.span,
                          "HEALTHCHECK takes CMD or NONE, not '%.*s'", SP_STR_ARG(sp_parser__brief(type.text)));
    else if (missing)
        sp_parser__refuse(parser, healthcheck, SP_DIAGNOSTIC_HEALTHCHECK_COMMAND, type.span,
                          "HEALTHCHECK CMD needs the command that checks; write it after CMD");
}
