/* Kinds of ASCII bytes, whatever the locale; a byte from 0x80 on is of none. */
#ifndef SP_BASE_ASCII_H
#define SP_BASE_ASCII_H

#include <stdbool.h>

static inline bool sp_ascii_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool sp_ascii_is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static inline bool sp_ascii_is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static inline bool sp_ascii_is_letter(char byte)
{
    return sp_ascii_is_upper(byte) || sp_ascii_is_lower(byte);
}

static inline bool sp_ascii_is_letter_or_digit(char byte)
{
    return sp_ascii_is_letter(byte) || sp_ascii_is_digit(byte);
}

/** Space, \t, \n, \v, \f, \r. */
static inline bool sp_ascii_is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/** The byte in lower case; other bytes than capitals stay as they are. */
static inline char sp_ascii_lower(char byte)
{
    return sp_ascii_is_upper(byte) ? (char)(byte + ('a' - 'A')) : byte;
}

/** What a hexadecimal digit counts, in either case; -1 for another byte. */
static inline int sp_ascii_hex(char byte)
{
    if (sp_ascii_is_digit(byte))
        return byte - '0';
    char lower = sp_ascii_lower(byte);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

#endif
