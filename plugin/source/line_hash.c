/* GitHub's line hashes: a rolling hash over a window of code units, said of a line when the window has passed it. */
#include "source/line_hash.h"

#include "source/utf8.h"

enum { WINDOW = 100, FACTOR = 37, END = 0xFFFF };

typedef struct hashing {
    uint16_t window[WINDOW];
    uint32_t lines[WINDOW]; /* that begin there; 0: none */
    uint64_t hash, first;   /* first: what the unit that leaves the window was multiplied by */
    uint32_t at, line;
    bool starts, after_return;
    void (*each)(void *payload, uint32_t line, uint64_t hash);
    void *payload;
} hashing;

static void say_line(hashing *hash)
{
    if (hash->lines[hash->at] != 0)
        hash->each(hash->payload, hash->lines[hash->at], hash->hash);
    hash->lines[hash->at] = 0;
}

static void add_unit(hashing *hash, uint16_t unit)
{
    uint16_t gone = hash->window[hash->at];
    hash->window[hash->at] = unit;
    hash->hash = FACTOR * hash->hash + unit - hash->first * gone;
    hash->at = (hash->at + 1) % WINDOW;
}

static void feed(hashing *hash, uint16_t unit)
{
    bool after_return = hash->after_return;
    hash->after_return = unit == '\r';
    if (unit == ' ' || unit == '\t' || (after_return && unit == '\n'))
        return;
    if (unit == '\r')
        unit = '\n';
    say_line(hash);
    if (hash->starts)
        hash->lines[hash->at] = ++hash->line;
    hash->starts = unit == '\n';
    add_unit(hash, unit);
}

static void feed_point(hashing *hash, uint32_t point)
{
    if (point > 0xFFFF)
        feed(hash, (uint16_t)(0xD7C0 + (point >> 10)));
    feed(hash, (uint16_t)(point > 0xFFFF ? 0xDC00 | (point & 0x3FF) : point));
}

void sp_line_hashes(sp_str text, void (*each)(void *payload, uint32_t line, uint64_t hash), void *payload)
{
    hashing hash = {.first = 1, .starts = true, .each = each, .payload = payload};
    for (int i = 0; i < WINDOW; i++)
        hash.first *= FACTOR;
    const char *next = text.text, *end = text.size > 0 ? next + text.size : next;
    for (uint32_t size; next < end; next += size)
        feed_point(&hash, sp_utf8_decode(next, end, &size));
    feed(&hash, END);
    for (int i = 0; i < WINDOW; i++) {
        say_line(&hash);
        add_unit(&hash, 0);
    }
}
