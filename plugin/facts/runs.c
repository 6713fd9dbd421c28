/* What an image starts: a program of its own, or nothing that tells it from an image to work in or to build on. */
#include "facts/facts_internal.h"

#include "base/path.h"
#include "facts/ecosystem.h"

/* What only prepares for the program in the words after it. */
static const char *const wrappers[] = {"tini", "tini-static", "dumb-init", "docker-init*", "catatonit", "env", NULL};
/* clang-format off */
static const char *const shells[] = {
    "sh", "bash", "ash", "dash", "zsh", "fish", "pwsh", "powershell", "powershell.exe", "cmd", "cmd.exe", NULL};
/* Interpreters and build tools: as a shell, with nothing to do they wait for somebody who works in the image. `usage`
   tells how to build with an image of source-to-image, a runner takes jobs. */
static const char *const tools[] = {
    "python", "python2*", "python3*", "ipython", "node", "irb", "php", "perl", "lua", "R", "julia", "jshell",
    "scala", "clojure", "clj", "ghci", "iex", "erl", "groovysh", "swift",
    "mvn", "gradle", "ant", "sbt", "make", "cmake", "go", "cargo", "dotnet", "usage", "runner", "runner.sh", NULL};
/* clang-format on */
/* With one of the jobs, these build or test what somebody brings. */
static const char *const builders[] = {"mvn",   "gradle", "sbt", "make", "go",   "cargo",
                                       "swift", "dotnet", "npm", "yarn", "pnpm", NULL};
static const char *const jobs[] = {"test*", "build", "check", "lint", "verify", "package", "vet", "bench", NULL};
/* Servers of what others copy beside them. */
static const char *const servers[] = {"catalina.sh", "php-fpm*", "apache2-foreground", "supervisord", NULL};
/* Where programs and settings of a server are, not what it serves. */
static const char *const server_places[] = {
    "/bin*", "/sbin*",          "/usr/bin*", "/usr/sbin*", "/usr/local/bin*", "/usr/local/sbin*",
    "/etc*", "/usr/local/etc*", "/tmp*",     NULL};

/* The program that the words of ENTRYPOINT and CMD together start, and the first of its arguments that is no option. */
typedef struct start {
    sp_str program, argument;
    bool prepared; /* by a wrapper */
} start;

static bool is_wrapper(sp_str name)
{
    return sp_str_search(name, SP_STR("entrypoint")) != SIZE_MAX || sp_ecosystem__is_listed(name, wrappers);
}

/* What a shell is given is the program. Options do not count, nor does what PowerShell's -ExecutionPolicy allows. */
static void add_word(start *to, sp_str word)
{
    bool is_option = word.size == 0 || word.text[0] == '-' || sp_str_equal(word, SP_STR("Bypass"));
    bool wanted = to->program.size == 0 || (to->argument.size == 0 && sp_ecosystem__is_listed(to->program, shells));
    sp_str name = sp_path_program(word);
    if (is_option)
        return;
    if (wanted && is_wrapper(name))
        *to = (start){{"", 0}, {"", 0}, true};
    else if (wanted)
        to->program = name;
    else if (to->argument.size == 0)
        to->argument = name;
}

/* Adds the last command of an instruction; false when its shell is not read. */
static bool add_instruction(sp_facts *facts, uint32_t instruction, start *to)
{
    const sp_script *script = instruction != SP_NONE ? sp_facts_script(facts, instruction) : NULL;
    if (script == NULL || script->command_count == 0)
        return script == NULL || script->known;
    const sp_command *last = &script->commands[script->command_count - 1];
    for (uint32_t i = 0; i < last->word_count; i++)
        add_word(to, last->words[i].value.shape);
    return script->known;
}

/* `sleep infinity`, `sleep 365d` and `tail -f /dev/null` keep a container for somebody to work in. */
static bool only_waits(const start *what)
{
    if (sp_str_equal(what->program, SP_STR("sleep")))
        return sp_str_starts(what->argument, SP_STR("inf")) || sp_str_ends(what->argument, SP_STR("d"));
    return sp_str_equal(what->program, SP_STR("tail")) && sp_str_equal(what->argument, SP_STR("null"));
}

static bool is_tool(const start *what)
{
    if (what->argument.size == 0)
        return sp_ecosystem__is_listed(what->program, shells) || sp_ecosystem__is_listed(what->program, tools);
    return only_waits(what) ||
           (sp_ecosystem__is_listed(what->program, builders) && sp_ecosystem__is_listed(what->argument, jobs));
}

/* ---- what a server serves ---- */

static bool is_settings(const sp_values *sources)
{
    for (uint32_t i = 0; i < sources->count; i++) {
        sp_str source = sources->items[i].shape;
        size_t size = sp_str_ends(source, SP_STR("/")) ? source.size - 1 : source.size;
        if (sp_str_search(sp_path_program(sp_str_head(source, size)), SP_STR("conf")) == SIZE_MAX)
            return false;
    }
    return true;
}

static bool brings_content(const sp_edge *edge)
{
    bool ours = edge->origin == SP_ORIGIN_CONTEXT || edge->origin == SP_ORIGIN_STAGE;
    bool copied = edge->kind == SP_EDGE_COPY || edge->kind == SP_EDGE_ADD;
    return ours && copied && !is_settings(&edge->sources) &&
           !sp_ecosystem__is_listed(edge->destination.shape, server_places);
}

static bool has_content(sp_facts *facts, uint32_t stage)
{
    for (uint32_t at = stage; at != SP_NONE; at = sp_facts__below(facts, at)) {
        const sp_stage *in = &facts->graph->stages[at];
        for (uint32_t i = 0; i < in->use_count; i++)
            if (brings_content(&facts->graph->edges[in->uses[i]]))
                return true;
    }
    return false;
}

/* ---- what the file is called ---- */

static bool is_separator(char letter)
{
    return letter == '/' || letter == '\\' || letter == '.' || letter == '-' || letter == '_';
}

/* A word of the file's name that says that nobody ships what it makes, ("" when none does), or the folder of a
   development container. */
static sp_str purpose_of(sp_facts *facts)
{
    static const char *const purposes[] = {"dev", "devel", "development", "test", "ci", "debug", "tilt", NULL};
    sp_str path = facts->graph->document->source.path, rest = sp_path_program(path);
    if (sp_str_search(path, SP_STR(".devcontainer/")) != SIZE_MAX)
        return SP_STR("devcontainer");
    while (rest.size > 0) {
        size_t size = 0;
        while (size < rest.size && !is_separator(rest.text[size]))
            size++;
        sp_str word = sp_str_head(rest, size);
        if (sp_ecosystem__is_listed(word, purposes))
            return word;
        rest = sp_str_skip(rest, size < rest.size ? size + 1 : size);
    }
    return SP_STR("");
}

/* ---- the answer ---- */

/* Whether all rows that the base may be are services, which start something themselves. */
static const sp_image_row *service_of(sp_facts *facts, const sp_edge *base)
{
    size_t count = 0;
    const sp_image_row *rows = sp_facts__image_rows(facts, base, &count);
    const sp_image_row *service = NULL;
    for (size_t i = 0; i < count; i++) {
        if (count > 1 && !sp_facts__row_fits(facts, base, rows, i))
            continue;
        if (strcmp(rows[i].family, "service") != 0)
            return NULL;
        service = &rows[i];
    }
    return service;
}

static void answer_by_image(sp_facts *facts, uint32_t stage, sp_answer *answer)
{
    uint32_t root = facts->places[stage].root;
    const sp_edge *base = &facts->graph->edges[facts->graph->stages[root].base];
    const sp_image_row *service = service_of(facts, base);
    sp_str name = sp_facts__stage_text(facts, stage);
    if (base->origin == SP_ORIGIN_SCRATCH) {
        sp_steps_add(facts->arena, &answer->steps, base->reference.span, "%.*s starts nothing", SP_STR_ARG(name));
        return;
    }
    sp_item *item = sp_answer_add(facts->arena, answer, SP_STR(""), service == NULL);
    sp_facts__add_chain(facts, &item->steps, stage, root);
    if (service != NULL) {
        item->assumed = service->confidence == SP_ASSUMED;
        sp_steps_add_source(facts->arena, &item->steps, sp_facts__source(facts, service), "%.*s starts a service",
                            SP_STR_ARG(sp_facts__image_text(base)));
    } else {
        sp_steps_add(facts->arena, &item->steps, sp_facts__from_span(facts, stage),
                     "%.*s has no CMD or ENTRYPOINT, so it may be an image to build on", SP_STR_ARG(name));
    }
}

/* The file itself says that it is not what ships. */
static bool answer_by_name(sp_facts *facts, uint32_t stage, sp_answer *answer)
{
    sp_str purpose = purpose_of(facts);
    if (purpose.size == 0)
        return false;
    sp_item *item = sp_answer_add(facts->arena, answer, SP_STR(""), true);
    sp_steps_add(facts->arena, &item->steps, answer->span,
                 "'%.*s' in the name of the file says that %.*s is to work in", SP_STR_ARG(purpose),
                 SP_STR_ARG(sp_facts__stage_text(facts, stage)));
    return true;
}

/* "mvn alone", "cargo test" */
static sp_str start_text(sp_facts *facts, const start *what)
{
    sp_str program = what->program.size > 0 ? what->program : SP_STR("a program");
    if (!is_tool(what))
        return program;
    bool alone = what->argument.size == 0;
    return sp_arena_print(facts->arena, "%.*s %.*s", SP_STR_ARG(program),
                          SP_STR_ARG(alone ? SP_STR("alone") : what->argument));
}

static bool has(sp_facts *facts, uint32_t stage, const char *first, const char *second)
{
    const sp_str names[] = {sp_str_from(first), sp_str_from(second)};
    sp_answer answer = sp_facts_contains(facts, stage, names, 2);
    return sp_answer_truth(&answer) == SP_YES;
}

/* Who has git, and container tools or a way to log in, builds for others; so does Visual Studio in a container. */
static bool is_build_agent(sp_facts *facts, uint32_t stage)
{
    if (!has(facts, stage, "native-compiler", "managed-compiler"))
        return false;
    const sp_image_row *row = sp_facts_root_image(facts, stage);
    bool windows = row != NULL && row->distro != NULL && strcmp(row->distro, "windows") == 0;
    return (windows && has(facts, stage, "c-compiler", "cxx-compiler")) ||
           (has(facts, stage, "vcs", "vcs") && has(facts, stage, "container-tool", "ssh-server"));
}

static void answer_by_start(sp_facts *facts, uint32_t stage, const start *what, sp_answer *answer)
{
    bool tool = is_tool(what);
    bool bare = !tool && sp_ecosystem__is_listed(what->program, servers) && !has_content(facts, stage);
    bool agent = !tool && !bare && is_build_agent(facts, stage);
    const char *end = tool    ? ", so it may be an image to work in"
                      : bare  ? " with nothing to serve, so it may be an image to build on"
                      : agent ? " and has all that a build agent has, so it may be one"
                              : "";
    sp_item *item = sp_answer_add(facts->arena, answer, what->program, tool || bare || agent);
    sp_steps_add(facts->arena, &item->steps, answer->span, "%.*s starts %.*s%s",
                 SP_STR_ARG(sp_facts__stage_text(facts, stage)), SP_STR_ARG(start_text(facts, what)), end);
}

sp_answer sp_facts_runs(sp_facts *facts, uint32_t stage)
{
    const sp_state *state = facts->graph->stages[stage].state;
    uint32_t last = state->cmd != SP_NONE ? state->cmd : state->entrypoint;
    sp_answer answer = {.placed = true, .span = sp_facts__from_span(facts, stage)};
    start what = {{"", 0}, {"", 0}, false};
    if (answer_by_name(facts, stage, &answer))
        return answer;
    bool read = add_instruction(facts, state->entrypoint, &what);
    read = add_instruction(facts, state->cmd, &what) && read;
    if (read && what.program.size == 0 && !what.prepared) {
        answer_by_image(facts, stage, &answer);
        return answer;
    }
    answer.span = facts->graph->instructions[last].instruction->span;
    answer_by_start(facts, stage, &what, &answer);
    return answer;
}
