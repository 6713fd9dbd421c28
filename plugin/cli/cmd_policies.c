/* stagepolicy policies: lists what is judged. */
#include "cli/command.h"

#include "cli/engine.h"
#include "cli/option.h"
#include "cli/say.h"
#include "cli/text.h"
#include "engine/tool.h"

#include <stdio.h>
#include <string.h>

static const char *severity_of(const sp_policy_summary *policy)
{
    return policy->enabled ? sp_tool_severity_name(policy->severity) : "off";
}

static void add_line(cli_text *out, const sp_policy_summary *policy, int width)
{
    cli_text_print(out, "%-*s  %-7s  ", width, policy->id, severity_of(policy));
    const char *title = policy->failure != NULL ? policy->failure : policy->title;
    if (policy->failure != NULL)
        cli_text_put(out, "cannot be loaded: ");
    cli_text_visible(out, title, strlen(title), false);
    cli_text_put(out, "\n");
}

static void add_field(cli_text *out, const char *name, const char *value)
{
    cli_text_print(out, "\"%s\":", name);
    if (value != NULL)
        cli_text_json(out, value);
    else
        cli_text_put(out, "null");
}

static void add_options(cli_text *out, const sp_engine *engine, size_t policy)
{
    sp_option_summary option;
    SP_INIT(option);
    cli_text_put(out, ",\"options\":[");
    for (size_t i = 0; sp_engine_option_at(engine, policy, i, &option) == SP_OK; i++) {
        cli_text_put(out, i != 0 ? ",{" : "{");
        add_field(out, "name", option.name);
        cli_text_put(out, ",");
        add_field(out, "type", option.type);
        cli_text_put(out, ",");
        add_field(out, "value", option.value);
        cli_text_put(out, ",");
        add_field(out, "help", option.help);
        cli_text_put(out, "}");
    }
    cli_text_put(out, "]");
}

static void add_object(cli_text *out, const sp_engine *engine, size_t index, const sp_policy_summary *policy)
{
    const struct {
        const char *name, *value;
    } fields[] = {
        {"id", policy->id},
        {"severity", severity_of(policy)},
        {"undecided", sp_tool_severity_name(policy->unknown)},
        {"title", policy->title},
        {"help", policy->help},
        {"pack", policy->pack},
        {"path", policy->path},
        {"aliases", policy->aliases},
        {"failure", policy->failure},
    };
    cli_text_put(out, index != 0 ? ",\n  {" : "\n  {");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        cli_text_put(out, i != 0 ? "," : "");
        add_field(out, fields[i].name, fields[i].value);
    }
    add_options(out, engine, index);
    cli_text_put(out, "}");
}

static void list_text(const sp_engine *engine, cli_text *out)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    int width = 0;
    for (size_t i = 0; sp_engine_policy_at(engine, i, &policy) == SP_OK; i++)
        width = (int)strlen(policy.id) > width ? (int)strlen(policy.id) : width;
    for (size_t i = 0; sp_engine_policy_at(engine, i, &policy) == SP_OK; i++)
        add_line(out, &policy, width);
    cli_text_print(out, "\nImage catalogue %s of %s, %zu entries. 'stagepolicy explain ID' tells more about one.\n",
                   sp_tool_catalogue_version(), sp_tool_catalogue_date(), sp_tool_catalogue_count());
}

static void list_json(const sp_engine *engine, cli_text *out)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    cli_text_put(out, "{\"version\":1,");
    add_field(out, "catalogue", sp_tool_catalogue_date());
    cli_text_put(out, ",");
    add_field(out, "catalogue_version", sp_tool_catalogue_version());
    cli_text_put(out, ",\"policies\":[");
    for (size_t i = 0; sp_engine_policy_at(engine, i, &policy) == SP_OK; i++)
        add_object(out, engine, i, &policy);
    cli_text_put(out, "\n]}\n");
}

static bool all_loaded(const sp_engine *engine)
{
    sp_policy_summary policy;
    SP_INIT(policy);
    for (size_t i = 0; sp_engine_policy_at(engine, i, &policy) == SP_OK; i++) {
        if (policy.failure != NULL)
            return false;
    }
    return true;
}

static int list(const cli_engine_options *options, bool json)
{
    sp_engine *engine = cli_engine_here(options);
    if (engine == NULL)
        return SP_USAGE;
    cli_text out = {0};
    if (json)
        list_json(engine, &out);
    else
        list_text(engine, &out);
    fwrite(cli_text_string(&out), 1, out.size, stdout);
    cli_text_dispose(&out);
    int code = all_loaded(engine) ? SP_PASS : SP_POLICY;
    sp_engine_free(engine);
    return code;
}

int cli_policies(int argc, char **argv)
{
    cli_engine_options engine = {0};
    cli_strings operands = {0};
    const char *format = "text";
    const cli_option options[] = {
        {"format", CLI_OPTION_VALUE, &format, "FORMAT", "text or json [text]"},
        CLI_OPTION_PACK(engine),
        CLI_OPTION_CONFIG(engine),
        {0},
    };
    const cli_usage usage = {"policies [OPTION…]", "Lists the policies: id, severity, what each requires.", options,
                             NULL};
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    bool json = strcmp(format, "json") == 0;
    if (parsed == CLI_PARSED_RUN && operands.count != 0)
        cli_say("'policies' takes no argument; 'stagepolicy explain %s' tells about one policy", operands.items[0]);
    else if (parsed == CLI_PARSED_RUN && !json && strcmp(format, "text") != 0)
        cli_say("--format: there is no format '%s'; there are text, json", format);
    else if (parsed == CLI_PARSED_RUN)
        code = list(&engine, json);
    cli_strings_dispose(&operands);
    cli_engine_options_dispose(&engine);
    return code;
}
