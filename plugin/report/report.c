/* The table of report formats. */
#include "report/report.h"

static const sp_report_format formats[] = {
    {"text", sp_report_text},     {"json", sp_report_json},         {"sarif", sp_report_sarif},
    {"gitlab", sp_report_gitlab}, {"junit", sp_report_junit},       {"jenkins", sp_report_jenkins},
    {"github", sp_report_github}, {"markdown", sp_report_markdown},
};

const sp_report_format *sp_report_format_get(size_t index)
{
    return index < sizeof formats / sizeof *formats ? &formats[index] : NULL;
}

const sp_report_format *sp_report_format_find(sp_str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (sp_str_equal(name, sp_str_from(formats[i].name)))
            return &formats[i];
    }
    return NULL;
}
