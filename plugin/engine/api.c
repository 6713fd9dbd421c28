/* Telling what policies can use. */
#include "engine/tool.h"

#include "base/error.h"
#include "base/limits.h"
#include "lua/api.h"

static const struct {
    const char *name;
    void (*write)(sp_buf *out);
} formats[] = {
    {"markdown", sp_api_write_page},
    {"luals", sp_api_write_luals},
};

sp_status sp_tool_api(const char *format, char **out, size_t *out_size, sp_error *error)
{
    size_t at = 0;
    while (at < sizeof formats / sizeof *formats && strcmp(formats[at].name, format) != 0)
        at++;
    *out = NULL;
    if (at == sizeof formats / sizeof *formats)
        return sp_error_set(error, SP_E_USAGE, "--format: there is no format '%s'; there are markdown, luals", format);
    sp_buf text;
    sp_buf_init(&text, sp_alloc_default(), SP_LIMIT_REPORT_BYTES);
    formats[at].write(&text);
    if (text.failed) {
        sp_buf_dispose(&text);
        return SP_E_MEMORY;
    }
    *out = text.bytes;
    *out_size = text.size;
    return SP_OK;
}
