/* Characters of variable names, looked up in the table of letter.def. */
#include "dockerfile/letter.h"

#include "base/range.h"

static const sp_range letters[] = {
#define SP_LETTERS(first, last) {first, last},
#define SP_DIGITS(first, last)
#include "dockerfile/letter.def"
#undef SP_LETTERS
#undef SP_DIGITS
};

static const sp_range digits[] = {
#define SP_LETTERS(first, last)
#define SP_DIGITS(first, last) {first, last},
#include "dockerfile/letter.def"
#undef SP_LETTERS
#undef SP_DIGITS
};

bool sp_is_letter(uint32_t point)
{
    if (point < 0x80)
        return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
    return sp_ranges_have(letters, sizeof letters / sizeof letters[0], point);
}

bool sp_is_digit(uint32_t point)
{
    if (point < 0x80)
        return point >= '0' && point <= '9';
    return sp_ranges_have(digits, sizeof digits / sizeof digits[0], point);
}
