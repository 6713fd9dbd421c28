/* The table of formats that a stage graph is drawn in. */
#include "report/graph_format.h"

static const sp_graph_format formats[] = {
    {"text", sp_graph_text}, {"mermaid", sp_graph_mermaid}, {"dot", sp_graph_dot},
    {"json", sp_graph_json}, {"svg", sp_graph_svg},
};

const sp_graph_format *sp_graph_format_get(size_t index)
{
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

const sp_graph_format *sp_graph_format_find(sp_str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (sp_str_is(name, formats[i].name))
            return &formats[i];
    }
    return NULL;
}
