/* A borrowed slice of bytes: pointer and length, never NUL-terminated, never owning. */
#ifndef SP_BASE_STR_H
#define SP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct sp_str {
    const char *text;
    size_t size;
} sp_str;

/** A slice of a string literal; not for initialising what is static, which takes {"text", size}. */
#define SP_STR(literal) ((sp_str){(literal), sizeof(literal) - 1})

/** For printf: "%.*s" with SP_STR_ARG(text). */
#define SP_STR_ARG(slice) (int)(slice).size, (slice).text

/** The slice from `start` to `end`, both pointers into the same text. */
static inline sp_str sp_str_between(const char *start, const char *end)
{
    return (sp_str){start, (size_t)(end - start)};
}

/** A slice of a NUL-terminated text; NULL gives the empty slice. */
sp_str sp_str_from(const char *text);

/** The slice without its first `count` bytes (all of them when it is shorter). */
sp_str sp_str_skip(sp_str text, size_t count);

/** At most the first `count` bytes. */
sp_str sp_str_head(sp_str text, size_t count);

/** At most the first `most` bytes, cut between characters of UTF-8: what a message shows of a long text. */
sp_str sp_str_brief(sp_str text, size_t most);

/** Whether the bytes are the same; an empty slice may have any pointer. */
static inline bool sp_str_equal(sp_str a, sp_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.text, b.text, a.size) == 0);
}

/** Whether the text is exactly a NUL-terminated one: for tables of names, most of which differ in the first byte. */
static inline bool sp_str_is(sp_str text, const char *name)
{
    size_t i = 0;
    while (i < text.size && name[i] != '\0' && text.text[i] == name[i])
        i++;
    return i == text.size && name[i] == '\0';
}

/** Equality that ignores the case of ASCII letters. */
bool sp_str_equal_nocase(sp_str a, sp_str b);

/** The letters outside ASCII that become ASCII ones where BuildKit compares in lower case (U+212A, U+0130), and where
    it compares in upper case (U+017F, U+0131). */
typedef enum sp_folding { SP_FOLD_LOWER, SP_FOLD_UPPER } sp_folding;

enum { SP_FOLDED_SIZE = 16 };

/** The text with such letters replaced, in `out`; itself when it has none, or is too long for any word we know. */
sp_str sp_str_fold(sp_str text, sp_folding folding, char out[SP_FOLDED_SIZE]);

/** Order by bytes, a prefix first: negative, 0 or positive. */
int sp_str_compare(sp_str a, sp_str b);

/** Whether the text starts (ends) with all of a part; every text does with the empty one. */
bool sp_str_starts(sp_str text, sp_str prefix);
bool sp_str_ends(sp_str text, sp_str suffix);

/** Offset of the first `byte`, or text.size. */
size_t sp_str_find(sp_str text, char byte);

/** Offset of the first `part`, or SIZE_MAX. */
size_t sp_str_search(sp_str text, sp_str part);

/** Whether the text is the shape, in which every `star` stands for any bytes, none included. */
bool sp_str_fits(sp_str text, sp_str shape, char star);

/** The text without ASCII blanks (space, \t, \n, \v, \f, \r) at both ends. */
sp_str sp_str_trim(sp_str text);

/** Cuts the first word off a list of words that have one blank between them; the whole at its end. */
sp_str sp_str_take_word(sp_str *list);

/** Whether a word is in such a list. */
bool sp_str_lists(sp_str list, sp_str word);

/** A decimal number without sign that fits; false (and *out untouched) for anything else. */
bool sp_str_to_uint(sp_str text, uint64_t *out);

/** The same with a sign before it, or none. */
bool sp_str_to_int(sp_str text, int64_t *out);

/** Whether the text is true or false in a spelling that Go's strconv.ParseBool takes, as BuildKit does. */
bool sp_str_is_bool(sp_str text);

/** FNV-1a over the bytes: for tables in memory, never for anything that is written out. */
uint64_t sp_str_hash(sp_str text);

#endif
