/* stagepolicy explain: tells about one policy. */
#include "cli/command.h"

#include "cli/color.h"
#include "cli/engine.h"
#include "cli/markdown.h"
#include "cli/memory.h"
#include "cli/option.h"
#include "cli/say.h"
#include "engine/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether a word is among words separated by blanks. */
static bool has_word(const char *words, const char *word)
{
    size_t wanted = strlen(word);
    for (const char *at = words; at != NULL && *at != '\0';) {
        size_t size = strcspn(at, " ");
        if (size == wanted && memcmp(at, word, size) == 0)
            return true;
        at += size + (at[size] == ' ');
    }
    return false;
}

/* By id, else by another tool's id for it. */
static bool find_policy(const sp_engine *engine, const char *id, size_t *index, sp_policy_summary *out)
{
    for (int by_alias = 0; by_alias < 2; by_alias++) {
        for (size_t i = 0; sp_engine_policy_at(engine, i, out) == SP_OK; i++) {
            if (by_alias ? has_word(out->aliases, id) : strcmp(out->id, id) == 0) {
                *index = i;
                return true;
            }
        }
    }
    return false;
}

static void refuse(const sp_engine *engine, const char *id)
{
    size_t count = sp_engine_policy_count(engine);
    const char **ids = cli_allocate((count + 1) * sizeof *ids);
    sp_policy_summary policy;
    SP_INIT(policy);
    for (size_t i = 0; i < count && sp_engine_policy_at(engine, i, &policy) == SP_OK; i++)
        ids[i] = policy.id;
    const char *near = sp_tool_suggest(id, ids);
    if (near != NULL)
        cli_say("there is no policy '%s'; did you mean '%s'?", id, near);
    else
        cli_say("there is no policy '%s'; 'stagepolicy policies' lists them", id);
    free(ids);
}

static void show_options(const sp_engine *engine, size_t policy, cli_text *out)
{
    sp_option_summary option;
    SP_INIT(option);
    for (size_t i = 0; sp_engine_option_at(engine, policy, i, &option) == SP_OK; i++) {
        cli_text_print(out, "%s  %s (%s) = ", i == 0 ? "\nOptions, with the value in force:\n" : "", option.name,
                       option.type);
        cli_text_visible(out, option.value, strlen(option.value), false);
        cli_text_put(out, "\n      ");
        cli_text_visible(out, option.help, strlen(option.help), false);
        cli_text_put(out, "\n");
    }
}

static void show(const sp_engine *engine, size_t index, const sp_policy_summary *policy, bool color, cli_text *out)
{
    const char *bold = color ? "\033[1m" : "", *normal = color ? "\033[0m" : "";
    cli_text_print(out, "%s%s%s (%s)\n", bold, policy->id, normal,
                   policy->enabled ? sp_tool_severity_name(policy->severity) : "off");
    if (policy->failure != NULL) {
        cli_text_put(out, "cannot be loaded: ");
        cli_text_visible(out, policy->failure, strlen(policy->failure), false);
        cli_text_put(out, "\n");
        return;
    }
    cli_text_visible(out, policy->title, strlen(policy->title), false);
    cli_text_put(out, "\n");
    if (policy->aliases[0] != '\0') {
        cli_text_put(out, "Known elsewhere as: ");
        cli_text_visible(out, policy->aliases, strlen(policy->aliases), false);
        cli_text_put(out, "\n");
    }
    if (policy->help[0] != '\0') {
        cli_text_put(out, "\n");
        cli_markdown_show(policy->help, color, out);
    }
    show_options(engine, index, out);
}

static int explain(const cli_engine_options *options, const char *id, bool color)
{
    sp_engine *engine = cli_engine_here(options);
    if (engine == NULL)
        return SP_USAGE;
    int code = SP_USAGE;
    size_t index = 0;
    sp_policy_summary policy;
    SP_INIT(policy);
    if (find_policy(engine, id, &index, &policy)) {
        cli_text out = {0};
        show(engine, index, &policy, color, &out);
        fwrite(cli_text_string(&out), 1, out.size, stdout);
        cli_text_dispose(&out);
        code = policy.failure == NULL ? SP_PASS : SP_POLICY;
    } else {
        refuse(engine, id);
    }
    sp_engine_free(engine);
    return code;
}

int cli_explain(int argc, char **argv)
{
    cli_engine_options engine = {0};
    cli_strings operands = {0};
    const char *when = NULL;
    const cli_option options[] = {
        CLI_OPTION_PACK(engine),
        CLI_OPTION_CONFIG(engine),
        {"color", CLI_OPTION_VALUE, &when, "WHEN", "auto, always or never [auto]"},
        {0},
    };
    const cli_usage usage = {"explain [OPTION…] ID",
                             "Tells about one policy: why it is, what to do instead, its options.", options, NULL};
    cli_parsed parsed = cli_options_parse(&usage, argc, argv, &operands);
    int code = parsed == CLI_PARSED_HELP ? SP_PASS : SP_USAGE;
    bool color = false;
    if (parsed == CLI_PARSED_RUN && operands.count != 1)
        cli_say("'explain' needs one policy ID; 'stagepolicy policies' lists them");
    else if (parsed == CLI_PARSED_RUN && cli_color(when, &color))
        code = explain(&engine, operands.items[0], color);
    cli_strings_dispose(&operands);
    cli_engine_options_dispose(&engine);
    return code;
}
