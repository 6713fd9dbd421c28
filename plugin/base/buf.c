/* Growing text with a ceiling. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

void sp_buf_init(sp_buf *buf, sp_alloc alloc, size_t ceiling)
{
    *buf = (sp_buf){.alloc = alloc, .ceiling = ceiling};
}

void sp_buf_dispose(sp_buf *buf)
{
    sp_alloc_free(buf->alloc, buf->bytes, buf->capacity);
    sp_buf_init(buf, buf->alloc, buf->ceiling);
}

/* Room for `more` bytes and a NUL; false, and failed, where there is none. */
static bool reserve(sp_buf *buf, size_t more)
{
    if (buf->failed || more > buf->ceiling || buf->size > buf->ceiling - more) {
        buf->failed = true;
        return false;
    }
    size_t wanted = buf->size + more + 1;
    if (wanted <= buf->capacity)
        return true;
    size_t capacity = buf->capacity < 256 ? 256 : buf->capacity * 2;
    while (capacity < wanted)
        capacity *= 2;
    char *bytes = sp_alloc_resize(buf->alloc, buf->bytes, buf->capacity, capacity);
    if (bytes == NULL) {
        buf->failed = true;
        return false;
    }
    buf->bytes = bytes;
    buf->capacity = capacity;
    return true;
}

void sp_buf_add(sp_buf *buf, sp_str text)
{
    if (text.size == 0 || !reserve(buf, text.size))
        return;
    memcpy(buf->bytes + buf->size, text.text, text.size);
    buf->size += text.size;
    buf->bytes[buf->size] = '\0';
}

void sp_buf_byte(sp_buf *buf, char byte)
{
    sp_buf_add(buf, (sp_str){&byte, 1});
}

void sp_buf_text(sp_buf *buf, const char *text)
{
    sp_buf_add(buf, sp_str_from(text));
}

void sp_buf_print(sp_buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0 || !reserve(buf, (size_t)size)) {
        buf->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(buf->bytes + buf->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    buf->size += (size_t)size;
}
