/* Lua's patterns (manual, section 6.4.1), matched within a budget.

   A pattern is compiled to items; runs of plain bytes are one item. Backtracking goes one C call deeper an item, so the
   number of items bounds the stack, and every byte that is looked at costs one step of the budget. Classes are those of
   the C locale. A pattern that is malformed anywhere is refused before anything is matched. */
#ifndef SP_LUA_PATTERN_H
#define SP_LUA_PATTERN_H

#include "base/limits.h"
#include "base/str.h"

enum { SP_PATTERN_CAPTURES = 32 };

/** What an item matches. BYTE, ANY, CLASS and SET match one byte and may repeat. */
typedef enum sp_pattern_kind {
    SP_PATTERN_BYTE,
    SP_PATTERN_ANY,
    SP_PATTERN_CLASS,
    SP_PATTERN_SET,
    SP_PATTERN_RUN, /* plain bytes side by side */
    SP_PATTERN_OPEN,
    SP_PATTERN_AT, /* "()", the capture of a position */
    SP_PATTERN_CLOSE,
    SP_PATTERN_BACK,
    SP_PATTERN_BALANCE,
    SP_PATTERN_FRONTIER,
    SP_PATTERN_END
} sp_pattern_kind;

/** How often: once, and * + - ? in the order of the manual. */
typedef enum sp_pattern_repeat {
    SP_PATTERN_ONCE,
    SP_PATTERN_GREEDY,
    SP_PATTERN_GREEDY_SOME,
    SP_PATTERN_LAZY,
    SP_PATTERN_MAYBE
} sp_pattern_repeat;

typedef struct sp_pattern_item {
    uint8_t kind, repeat; /* sp_pattern_kind, sp_pattern_repeat */
    uint8_t byte, other;  /* class letter, capture's number; %b: its two ends */
    uint32_t start, size; /* of a run or set, in the pattern's text */
} sp_pattern_item;

typedef struct sp_pattern {
    sp_str text;
    bool anchored;
    uint32_t captures;
    uint32_t count;
    sp_pattern_item items[]; /* room for text.size + 1 of them, SP_LIMIT_PATTERN_ITEMS at most */
} sp_pattern;

/** Bytes that a pattern of that many characters needs. */
size_t sp_pattern_size(size_t text_size);

/** Compiles into `out`, which borrows the text. NULL, or what is wrong with it. A leading ^ anchors unless
   `literal_anchor` (gmatch takes it as a plain byte). */
const char *sp_pattern_compile(sp_pattern *out, sp_str text, bool literal_anchor);

/** One match. A capture's size is SP_PATTERN_POSITION when it is a position. */
#define SP_PATTERN_POSITION SIZE_MAX
typedef struct sp_pattern_match {
    size_t start, end;
    struct {
        size_t start, size;
    } captures[SP_PATTERN_CAPTURES];
} sp_pattern_match;

typedef enum sp_pattern_result { SP_PATTERN_NONE, SP_PATTERN_FOUND, SP_PATTERN_SPENT } sp_pattern_result;

/** The first match that starts at `from` or later (an anchored pattern: at `from`). Takes its steps from `budget`;
    SPENT when that ran out. */
sp_pattern_result sp_pattern_find(const sp_pattern *pattern, sp_str subject, size_t from, uint64_t *budget,
                                  sp_pattern_match *out);

/** Whether a letter after % names a class, and whether a byte is in it. */
bool sp_pattern_is_class(char letter);
bool sp_pattern_class_has(unsigned char letter, unsigned char byte);

/** Whether the text has no byte that means something in a pattern. */
bool sp_pattern_is_plain(sp_str text);

/** Where `part` is in `subject` at `from` or later; linear. */
sp_pattern_result sp_pattern_search(sp_str subject, sp_str part, size_t from, uint64_t *budget, size_t *out);

#endif
