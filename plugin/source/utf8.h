/* Reading UTF-8 that may be wrong: a byte that begins no valid sequence reads as U+FFFD, one byte long. */
#ifndef SP_SOURCE_UTF8_H
#define SP_SOURCE_UTF8_H

#include "base/str.h"

/** U+FFFD, and the byte order mark that editors put before a text. */
#define SP_UTF8_REPLACEMENT 0xFFFDu
#define SP_UTF8_BOM SP_STR("\xEF\xBB\xBF")

/** The code point at `text` (which is before `end`) and its size in bytes. */
uint32_t sp_utf8_decode(const char *text, const char *end, uint32_t *size);

/** Writes a code point in 1 to 4 bytes and returns how many. */
uint32_t sp_utf8_encode(uint32_t point, char out[4]);

/** Whether every byte belongs to a valid sequence. */
bool sp_utf8_is_valid(sp_str text);

#endif
