/* White space, which BuildKit has four kinds of: every trim and split says which one it means.

     space      Unicode white space, as Go's unicode.IsSpace: trimming, words of ENV, LABEL and ARG
     separator  TAB VT FF CR SPACE: the keyword's end, lists
     byte space a byte read as a code point: ASCII white space, 0x85, 0xA0; flags and HEALTHCHECK's type
     pattern    \s of RE2, TAB LF FF CR SPACE: directives, after << */
#ifndef SP_DOCKERFILE_BLANK_H
#define SP_DOCKERFILE_BLANK_H

#include "base/ascii.h"
#include "base/str.h"

/** Whether a byte is a separator, a byte space, a pattern space. */
static inline bool sp_is_separator(char byte)
{
    return sp_ascii_is_space(byte) && byte != '\n';
}

static inline bool sp_is_byte_space(char byte)
{
    return sp_ascii_is_space(byte) || (unsigned char)byte == 0x85 || (unsigned char)byte == 0xA0;
}

static inline bool sp_is_pattern_space(char byte)
{
    return sp_ascii_is_space(byte) && byte != '\v';
}

/** Whether a code point is a space. */
bool sp_is_space(uint32_t point);

/** What sp_skip_spaces and sp_trim_spaces do where they cannot tell by one byte. */
const char *sp_blank__skip(const char *text, const char *end);
const char *sp_blank__trim(const char *text, const char *end);

/** Whether a byte can neither be nor begin nor end a space: nearly all that are asked about. */
static inline bool sp_is_ink(char byte)
{
    return (unsigned char)byte > ' ' && (unsigned char)byte < 0x80;
}

/** The first byte at or after `text` that belongs to no leading space. */
static inline const char *sp_skip_spaces(const char *text, const char *end)
{
    return text < end && sp_is_ink(*text) ? text : sp_blank__skip(text, end);
}

/** The end of the text without its trailing spaces. */
static inline const char *sp_trim_spaces(const char *text, const char *end)
{
    return end > text && sp_is_ink(end[-1]) ? end : sp_blank__trim(text, end);
}

/** The text without leading and trailing spaces. */
sp_str sp_strip_spaces(sp_str text);

#endif
