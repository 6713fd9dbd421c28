/* Dates as people write them. */
#include "base/date.h"

#include "base/ascii.h"

/* The number that some digits write; 0, which no part of a date is, when they are none. */
static unsigned number(sp_str digits)
{
    unsigned value = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (!sp_ascii_is_digit(digits.text[i]))
            return 0;
        value = value * 10 + (unsigned)(digits.text[i] - '0');
    }
    return value;
}

static unsigned days_of(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

bool sp_date_is_valid(sp_str text)
{
    if (text.size != 10 || text.text[4] != '-' || text.text[7] != '-')
        return false;
    unsigned year = number(sp_str_head(text, 4));
    unsigned month = number(sp_str_head(sp_str_skip(text, 5), 2));
    unsigned day = number(sp_str_skip(text, 8));
    return year > 0 && month > 0 && month <= 12 && day > 0 && day <= days_of(year, month);
}
