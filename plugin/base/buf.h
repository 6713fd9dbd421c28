/* Growing text with a ceiling, on the replaceable allocator. Failing is sticky: append freely, ask once at the end. */
#ifndef SP_BASE_BUF_H
#define SP_BASE_BUF_H

#include "base/alloc.h"
#include "base/str.h"

typedef struct sp_buf {
    sp_alloc alloc;
    char *bytes;
    size_t size, capacity;
    size_t ceiling; /* appending past it fails */
    bool failed;    /* an append was refused; the text is cut there */
} sp_buf;

void sp_buf_init(sp_buf *buf, sp_alloc alloc, size_t ceiling);
void sp_buf_dispose(sp_buf *buf);

void sp_buf_add(sp_buf *buf, sp_str text);
void sp_buf_byte(sp_buf *buf, char byte);
/** A NUL-terminated text. */
void sp_buf_text(sp_buf *buf, const char *text);
void sp_buf_print(sp_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The text so far; good until the next append. */
static inline sp_str sp_buf_str(const sp_buf *buf)
{
    return (sp_str){buf->bytes != NULL ? buf->bytes : "", buf->size};
}

#endif
