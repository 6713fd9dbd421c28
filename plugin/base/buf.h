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

/** An empty text of at most `ceiling` bytes; takes no memory yet. */
void sp_buf_init(sp_buf *buf, sp_alloc alloc, size_t ceiling);

/** Gives the memory back; the text is empty, no longer failed, and can be used again. */
void sp_buf_dispose(sp_buf *buf);

/** Append a slice, a byte, a NUL-terminated text, what printf makes. A NUL follows what `bytes` then holds. */
void sp_buf_add(sp_buf *buf, sp_str text);
void sp_buf_byte(sp_buf *buf, char byte);
void sp_buf_text(sp_buf *buf, const char *text);
void sp_buf_print(sp_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The text so far; good until the next append. */
static inline sp_str sp_buf_str(const sp_buf *buf)
{
    return (sp_str){buf->bytes != NULL ? buf->bytes : "", buf->size};
}

#endif
