/* One judgement for `stagepolicy test`: Dockerfiles, some policies, the inputs that their comments ask for. */
#include "cli/trial.h"

#include "cli/inputs.h"
#include "cli/memory.h"
#include "cli/say.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_log(void *payload, const char *text, size_t size)
{
    (void)payload;
    cli_say("log: %.*s", (int)size, text);
}

sp_engine *cli_trial_engine(const cli_bench *bench, const char *config, const cli_strings *policies, sp_error *error)
{
    sp_options options;
    SP_INIT(options);
    options.no_builtin_packs = 1;
    options.packs = cli_strings_array(bench->packs);
    options.policies = policies != NULL ? cli_strings_array(policies) : NULL;
    options.config = config;
    options.config_path = "the case's options";
    sp_host host;
    SP_INIT(host);
    host.log = bench->verbose ? write_log : NULL;
    sp_engine *engine = NULL;
    return sp_engine_new(&engine, &options, &host, error) == SP_OK ? engine : NULL;
}

static void add_scalar(cli_text *out, const char *item, size_t size, bool bare)
{
    char *text = cli_format("%.*s", (int)size, item);
    if (bare)
        cli_text_put(out, text);
    else
        cli_text_json(out, text);
    free(text);
}

/* The value as YAML, as its type asks; a list is separated by commas, and "[…]" or "{…}" is YAML already. */
static void add_value(cli_text *out, const char *type, const char *value)
{
    bool bare = strstr(type, "integer") != NULL || strstr(type, "boolean") != NULL;
    bool yaml = value[0] == '[' || value[0] == '{';
    if (yaml || strncmp(type, "list", 4) != 0) {
        add_scalar(out, value, strlen(value), yaml || bare);
        return;
    }
    cli_text_put(out, "[");
    for (const char *item = value; *item != '\0';) {
        size_t size = strcspn(item, ",");
        add_scalar(out, item, size, bare);
        item += size;
        cli_text_put(out, *item == ',' ? ", " : "");
        item += *item == ',';
    }
    cli_text_put(out, "]");
}

static const char *option_type(const sp_engine *engine, size_t policy, const char *name, size_t size)
{
    sp_option_summary option;
    SP_INIT(option);
    for (size_t i = 0; sp_engine_option_at(engine, policy, i, &option) == SP_OK; i++) {
        if (strlen(option.name) == size && memcmp(option.name, name, size) == 0)
            return option.type;
    }
    return "string"; /* the engine will say that there is no such option */
}

/* The case's options as a configuration; empty when it has none. */
static void add_config(cli_text *out, const cli_bench *bench, size_t policy, const char *id, const cli_case *wanted)
{
    if (wanted->options.count == 0)
        return;
    cli_text_put(out, "policies:\n  ");
    cli_text_json(out, id);
    cli_text_put(out, ":\n    options:\n");
    for (size_t i = 0; i < wanted->options.count; i++) {
        const char *option = wanted->options.items[i];
        size_t size = strcspn(option, "=");
        char *name = cli_format("%.*s", (int)size, option);
        cli_text_put(out, "      ");
        cli_text_json(out, name);
        cli_text_put(out, ": ");
        add_value(out, option_type(bench->catalogue, policy, option, size), option + size + 1);
        cli_text_put(out, "\n");
        free(name);
    }
}

static sp_engine *engine_for(cli_bench *bench, size_t policy, const cli_case *wanted, sp_error *error)
{
    sp_policy_summary summary;
    SP_INIT(summary);
    if (sp_engine_policy_at(bench->catalogue, policy, &summary) != SP_OK)
        return NULL;
    cli_strings policies = {0};
    cli_text config = {0}, key = {0};
    cli_strings_add(&policies, summary.id);
    for (size_t i = 0; i < wanted->count; i++) {
        if (!cli_strings_has(&policies, wanted->expectations[i].policy))
            cli_strings_add(&policies, wanted->expectations[i].policy);
    }
    add_config(&config, bench, policy, summary.id, wanted);
    for (size_t i = 0; i < policies.count; i++)
        cli_text_print(&key, "%s\n", policies.items[i]);
    cli_text_put(&key, cli_text_string(&config));
    if (bench->key == NULL || strcmp(bench->key, cli_text_string(&key)) != 0) {
        sp_engine_free(bench->engine);
        free(bench->key);
        bench->engine = cli_trial_engine(bench, config.size != 0 ? cli_text_string(&config) : NULL, &policies, error);
        bench->key = bench->engine != NULL ? cli_copy(cli_text_string(&key)) : NULL;
    }
    cli_text_dispose(&key);
    cli_text_dispose(&config);
    cli_strings_dispose(&policies);
    return bench->engine;
}

sp_results *cli_trial_judge(cli_bench *bench, size_t policy, const cli_subject *subjects, size_t count,
                            const cli_case *wanted, sp_error *error)
{
    sp_engine *engine = engine_for(bench, policy, wanted, error);
    if (engine == NULL)
        return NULL;
    sp_run *run = NULL;
    sp_results *results = NULL;
    sp_status status = sp_run_new(&run, engine, NULL);
    for (size_t i = 0; i < count && status == SP_OK; i++)
        status = sp_run_file(run, subjects[i].path, subjects[i].text, subjects[i].size);
    if (status == SP_OK && bench->watch != NULL)
        sp_tool_watch_run(run, bench->watch);
    status = status == SP_OK ? cli_arguments_add(run, &wanted->arguments, &wanted->targets) : status;
    status = status == SP_OK ? sp_run_check(run, &results, error) : status;
    if (status != SP_OK && error->message[0] == '\0')
        snprintf(error->message, sizeof error->message, "%s",
                 status == SP_E_MEMORY ? "out of memory" : "an input of the case was refused");
    sp_run_free(run);
    return status == SP_OK ? results : NULL;
}
