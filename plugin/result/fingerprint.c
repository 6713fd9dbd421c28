/* Fingerprints of findings: the recipe of the header. */
#include "result/fingerprint.h"

#include "base/sha256.h"

#include <stdio.h>

enum { SHOWN = 16 };

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The size of a line continuation at the start of `text`: escape blanks* line-end; 0 when there is none. */
static size_t continuation_size(sp_str text, char escape)
{
    if (text.size == 0 || text.text[0] != escape)
        return 0;
    for (size_t i = 1; i < text.size && is_blank(text.text[i]); i++) {
        if (text.text[i] == '\n')
            return i + 1;
    }
    return 0;
}

/* The size of what counts as one space at the start of `text`. */
static size_t gap_size(sp_str text, char escape)
{
    size_t size = 0;
    while (size < text.size) {
        size_t continuation = continuation_size(sp_str_skip(text, size), escape);
        if (continuation == 0 && !is_blank(text.text[size]))
            break;
        size += continuation > 0 ? continuation : 1;
    }
    return size;
}

/* The size of what stands before the next gap. */
static size_t solid_size(sp_str text, char escape)
{
    size_t size = 0;
    while (size < text.size && !is_blank(text.text[size]) && continuation_size(sp_str_skip(text, size), escape) == 0)
        size++;
    return size;
}

sp_str sp_fingerprint_digest(sp_arena *arena, sp_str text, char escape)
{
    sp_sha256 hash;
    sp_sha256_init(&hash);
    text = sp_str_skip(text, gap_size(text, escape));
    while (text.size > 0) {
        size_t solid = solid_size(text, escape);
        sp_sha256_add(&hash, sp_str_head(text, solid));
        text = sp_str_skip(text, solid);
        text = sp_str_skip(text, gap_size(text, escape));
        if (text.size > 0)
            sp_sha256_add(&hash, SP_STR(" "));
    }
    unsigned char *digest = sp_arena_alloc(arena, SP_SHA256_SIZE);
    sp_sha256_finish(&hash, digest);
    return (sp_str){(const char *)digest, SP_SHA256_SIZE};
}

static void add_part(sp_sha256 *hash, sp_str part)
{
    char size[8];
    for (unsigned i = 0; i < 8; i++)
        size[i] = (char)((uint64_t)part.size >> (56 - 8 * i) & 0xff);
    sp_sha256_add(hash, (sp_str){size, sizeof size});
    sp_sha256_add(hash, part);
}

sp_str sp_fingerprint_make(sp_arena *arena, const sp_result_finding *finding, uint32_t ordinal)
{
    char number[16];
    snprintf(number, sizeof number, "%u", (unsigned)ordinal);
    sp_sha256 hash;
    sp_sha256_init(&hash);
    add_part(&hash, SP_STR("stagepolicy fingerprint 1"));
    add_part(&hash, finding->policy);
    add_part(&hash, finding->at.path);
    add_part(&hash, finding->stage_key);
    add_part(&hash, finding->subject);
    add_part(&hash, finding->exact);
    add_part(&hash, sp_str_from(number));
    unsigned char digest[SP_SHA256_SIZE];
    sp_sha256_finish(&hash, digest);
    char *hex = sp_arena_alloc(arena, 2 * SHOWN + 1);
    for (unsigned i = 0; i < SHOWN; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return (sp_str){hex, 2 * SHOWN};
}

int sp_fingerprint_compare(const sp_result_finding *a, const sp_result_finding *b)
{
    const sp_str parts[][2] = {{a->policy, b->policy},
                               {a->at.path, b->at.path},
                               {a->stage_key, b->stage_key},
                               {a->subject, b->subject},
                               {a->exact, b->exact}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int order = sp_str_compare(parts[i][0], parts[i][1]);
        if (order != 0)
            return order;
    }
    return 0;
}
