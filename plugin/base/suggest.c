/* "Did you mean …?": edit distance (insert, delete, replace, swap of neighbours) with a small ceiling. */
#include "base/suggest.h"

#include "base/ascii.h"

enum { LONGEST = 48 };

static bool is_same(char a, char b)
{
    return sp_ascii_lower(a) == sp_ascii_lower(b);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned distance(sp_str a, sp_str b)
{
    unsigned rows[3][LONGEST + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= b.size; j++)
        last[j] = j;
    for (unsigned i = 1; i <= a.size; i++) {
        row[0] = i;
        for (unsigned j = 1; j <= b.size; j++) {
            bool same = is_same(a.text[i - 1], b.text[j - 1]);
            row[j] = least(last[j - 1] + !same, least(last[j], row[j - 1]) + 1);
            bool swapped =
                i > 1 && j > 1 && is_same(a.text[i - 1], b.text[j - 2]) && is_same(a.text[i - 2], b.text[j - 1]);
            if (swapped)
                row[j] = least(row[j], before[j - 2] + 1);
        }
        unsigned *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b.size];
}

sp_str sp_suggest(sp_str name, const sp_str *candidates, size_t count)
{
    sp_str nearest = SP_STR("");
    if (name.size == 0 || name.size > LONGEST)
        return nearest;
    unsigned ceiling = least((unsigned)(name.size + 2) / 3, 3);
    for (size_t i = 0; i < count; i++) {
        size_t size = candidates[i].size, difference = size > name.size ? size - name.size : name.size - size;
        if (size > LONGEST || difference > ceiling)
            continue;
        unsigned edits = distance(name, candidates[i]);
        if (edits <= ceiling && (nearest.size == 0 || edits < ceiling)) {
            nearest = candidates[i];
            ceiling = edits;
        }
    }
    return nearest;
}
