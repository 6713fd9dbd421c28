/* What an image starts: whether its ENTRYPOINT, CMD or HEALTHCHECK runs a language. */
#include "facts/ecosystem.h"

/* clang-format off */
static const char *const python_programs[] = {
    "python", "python2*", "python3*", "pypy*", "gunicorn", "uvicorn", "hypercorn", "daphne", "waitress-serve",
    "flask", "django-admin", "celery", "streamlit", "jupyter*", "ipython", "fastapi", "airflow", "dagster*",
    "mlflow", "uwsgi", "scrapy", "poetry", "pipenv", "uv", "pdm", "alembic", "rq", "dramatiq", "locust",
    "superset", "sanic", "litestar", "granian", "pserve", "chainlit", "dbt", "prefect", "faust", "ddtrace-run",
    "opentelemetry-instrument", "newrelic-admin", "pip*", "pytest", NULL};
/* clang-format on */
/* clang-format off */
static const char *const node_programs[] = {
    "node", "nodejs", "npm", "npx", "yarn", "pnpm", "next", "nest", "nuxt", "ts-node", "tsx", "nodemon", "pm2*",
    "forever", "bun", NULL};
/* clang-format on */
/* Programs of other languages, and servers of files: what they start needs no packages. */
/* clang-format off */
static const char *const other_programs[] = {
    "nginx", "httpd", "apache2*", "caddy", "java", "php*", "ruby", "serve", "http-server", "static-web-server",
    "dotnet", "perl", "true", "sleep", "tail", "cat", "echo", "ls", "envoy", "haproxy", "lighttpd", "redis-server",
    NULL};
/* clang-format on */

static const char *const languages[] = {"python", "node"};

static bool ends_with(sp_str text, const char *const *ends)
{
    for (; *ends != NULL; ends++) {
        if (sp_str_ends(text, sp_str_from(*ends)))
            return true;
    }
    return false;
}

/* python -m http.server and npx serve serve files, and need nothing. */
static bool is_file_server(const sp_command *command)
{
    static const char *const modules[] = {"http.server", "SimpleHTTPServer", NULL};
    static const char *const packages[] = {"serve", "http-server", NULL};
    bool npx = sp_str_equal(command->name, SP_STR("npx"));
    for (uint32_t i = 1; i < command->word_count; i++) {
        if (sp_ecosystem__is_listed(command->words[i].value.shape, npx ? packages : modules))
            return true;
    }
    return false;
}

static sp_truth command_runs(const sp_command *command, sp_ecosystem ecosystem)
{
    static const char *const sources[][4] = {{".py", ".pyz", NULL}, {".js", ".mjs", ".cjs", NULL}};
    const char *const *own = ecosystem == SP_PYTHON ? python_programs : node_programs;
    const char *const *foreign = ecosystem == SP_PYTHON ? node_programs : python_programs;
    if (command->word_count == 0 || is_file_server(command))
        return SP_NO;
    if (sp_ecosystem__is_listed(command->name, own) || ends_with(command->name, sources[ecosystem]))
        return SP_YES;
    bool known = sp_ecosystem__is_listed(command->name, foreign) ||
                 sp_ecosystem__is_listed(command->name, other_programs) ||
                 ends_with(command->name, sources[ecosystem == SP_PYTHON ? SP_NODE : SP_PYTHON]);
    return known ? SP_NO : SP_MAYBE;
}

/* Yes when one command runs the language, maybe when one is a program nobody knows: that one. */
static sp_truth script_runs(const sp_script *script, sp_ecosystem ecosystem, const sp_command **which)
{
    sp_truth runs = script->known ? SP_NO : SP_MAYBE;
    for (uint32_t i = 0; i < script->command_count; i++) {
        sp_truth one = command_runs(&script->commands[i], ecosystem);
        if (one == SP_NO || (one == SP_MAYBE && *which != NULL))
            continue;
        *which = &script->commands[i];
        runs = one;
        if (one == SP_YES)
            return SP_YES;
    }
    return runs;
}

static bool installs_one_of(const sp_operation *operation, const char *const *names)
{
    for (uint32_t i = 0; i < operation->package_count && operation->action == SP_INSTALL; i++) {
        if (sp_ecosystem__is_listed(operation->packages[i].name, names))
            return true;
    }
    return false;
}

static bool installs_language(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem)
{
    static const char *const packages[][4] = {{"python3*", "python", "py3-pip", NULL},
                                              {"nodejs*", "npm", "node", NULL}};
    for (uint32_t at = stage; at != SP_NONE; at = sp_facts__below(facts, at)) {
        const sp_stage *in = &facts->graph->stages[at];
        for (uint32_t i = in->first; i < in->first + in->count; i++) {
            uint32_t count = 0;
            const sp_operation *operations = sp_facts_operations(facts, i, &count);
            for (uint32_t j = 0; j < count; j++) {
                if (installs_one_of(&operations[j], packages[ecosystem]))
                    return true;
            }
        }
    }
    return false;
}

/* A program nobody knows may be written in the language when the image is made for it. */
static bool has_language(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem)
{
    return sp_ecosystem__names(facts, stage, ecosystem) || installs_language(facts, stage, ecosystem);
}

static sp_span span_of(const sp_facts *facts, uint32_t instruction)
{
    return facts->graph->instructions[instruction].instruction->span;
}

/* Nobody says what to start: then the image's own CMD counts, which is the language of an image made for it. */
static sp_truth image_runs(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem, sp_steps *steps)
{
    if (facts->graph->stages[stage].state->cmd_cleared || !sp_ecosystem__names(facts, stage, ecosystem))
        return SP_NO;
    sp_steps_add(facts->arena, steps, sp_facts__from_span(facts, facts->places[stage].root),
                 "what ships starts what its image starts, which is %s", languages[ecosystem]);
    return SP_YES;
}

/* "what ships runs gunicorn, a python program" */
static void say_it_runs(sp_facts *facts, uint32_t instruction, const sp_command *command, sp_ecosystem ecosystem,
                        sp_steps *steps)
{
    const char *language = languages[ecosystem];
    bool itself = sp_str_starts(command->name, sp_str_from(language));
    if (itself)
        sp_steps_add(facts->arena, steps, span_of(facts, instruction), "what ships runs %s", language);
    else
        sp_steps_add(facts->arena, steps, span_of(facts, instruction), "what ships runs %.*s, a %s program",
                     SP_STR_ARG(command->name), language);
}

static void say_it_may_run(sp_facts *facts, uint32_t instruction, const sp_command *command, sp_ecosystem ecosystem,
                           sp_steps *steps)
{
    sp_str name = command != NULL ? sp_ecosystem__command_text(facts, command) : (sp_str){"", 0};
    const char *end = name.size > 0 ? "" : ": its shell is not read";
    sp_steps_add(facts->arena, steps, span_of(facts, instruction), "what ships may run %s%s%.*s%s",
                 languages[ecosystem], name.size > 0 ? " in '" : "", SP_STR_ARG(name), name.size > 0 ? "'" : end);
}

sp_truth sp_ecosystem__runs(sp_facts *facts, uint32_t stage, sp_ecosystem ecosystem, sp_steps *steps)
{
    const sp_state *state = facts->graph->stages[stage].state;
    if (facts->graph->edges[facts->graph->stages[facts->places[stage].root].base].origin == SP_ORIGIN_SCRATCH)
        return SP_NO; /* no interpreter there */
    const uint32_t starts[] = {state->entrypoint, state->cmd_cleared ? SP_NONE : state->cmd, state->healthcheck};
    if (starts[0] == SP_NONE && starts[1] == SP_NONE)
        return image_runs(facts, stage, ecosystem, steps);
    uint32_t doubtful = SP_NONE;
    const sp_command *unknown = NULL;
    for (size_t i = 0; i < 3; i++) {
        const sp_command *which = NULL;
        const sp_script *script = starts[i] != SP_NONE ? sp_facts_script(facts, starts[i]) : NULL;
        sp_truth runs = script != NULL ? script_runs(script, ecosystem, &which) : SP_NO;
        if (runs == SP_YES) {
            say_it_runs(facts, starts[i], which, ecosystem, steps);
            return SP_YES;
        }
        if (runs == SP_MAYBE && i < 2) {
            doubtful = starts[i];
            unknown = which;
        }
    }
    sp_runtime runtime = sp_ecosystem__runtime(facts, stage, ecosystem);
    if (starts[0] == SP_NONE && runtime == SP_RUNTIME_STARTER) {
        sp_steps_add(facts->arena, steps, span_of(facts, starts[1]), "the image starts this with %s",
                     languages[ecosystem]);
        return SP_YES;
    }
    if (doubtful == SP_NONE || !has_language(facts, stage, ecosystem))
        return SP_NO;
    say_it_may_run(facts, doubtful, unknown, ecosystem, steps);
    return SP_MAYBE;
}
