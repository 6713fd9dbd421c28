/* Characters of variable names, looked up in the table of letter.def. */
#include "dockerfile/letter.h"

#include <stddef.h>

typedef struct range {
    uint32_t first, last;
} range;

static const range letters[] = {
#define SP_LETTERS(first, last) {first, last},
#define SP_DIGITS(first, last)
#include "dockerfile/letter.def"
#undef SP_LETTERS
#undef SP_DIGITS
};

static const range digits[] = {
#define SP_LETTERS(first, last)
#define SP_DIGITS(first, last) {first, last},
#include "dockerfile/letter.def"
#undef SP_LETTERS
#undef SP_DIGITS
};

static bool is_in(const range *ranges, size_t count, uint32_t point)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[middle].last < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ranges[low].first <= point;
}

bool sp_is_letter(uint32_t point)
{
    if (point < 0x80)
        return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
    return is_in(letters, sizeof letters / sizeof letters[0], point);
}

bool sp_is_digit(uint32_t point)
{
    if (point < 0x80)
        return point >= '0' && point <= '9';
    return is_in(digits, sizeof digits / sizeof digits[0], point);
}
