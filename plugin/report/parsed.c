/* The table of formats that a Dockerfile as it was read is written in. */
#include "report/parsed.h"

static const sp_parsed_format formats[] = {
    {"json", sp_parsed_json},
    {"sexp", sp_parsed_sexp},
};

const sp_parsed_format *sp_parsed_format_get(size_t index)
{
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

const sp_parsed_format *sp_parsed_format_find(sp_str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (sp_str_is(name, formats[i].name))
            return &formats[i];
    }
    return NULL;
}
