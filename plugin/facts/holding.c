/* Where installed packages are: into which folders a stage installs, and which of them go on to other stages. */
#include "facts/ecosystem.h"
#include "facts/tool.h"
#include "facts/path.h"

/* Folders a stage is asked about; one with more gets "may be anywhere", which makes nothing certain. */
#define HOLDINGS 24

const sp_holding *sp_holding__add(sp_facts *facts, const sp_holding *held, sp_holding added)
{
    uint32_t depth = held != NULL ? held->depth + 1 : 1;
    if (depth > HOLDINGS)
        return held;
    sp_holding *kept = sp_arena_new(facts->arena, sp_holding);
    *kept = depth < HOLDINGS ? added : (sp_holding){.path = {"", 0}, .filled = true, .unknown = true};
    kept->next = held;
    kept->depth = depth;
    return kept;
}

sp_str sp_ecosystem__directory(sp_facts *facts, uint32_t instruction, const sp_command *command)
{
    const sp_graph_instruction *executed = &facts->graph->instructions[instruction];
    if (!command->directory_known)
        return (sp_str){"", 0};
    if (command->directory.size > 0 && command->directory.text[0] == '/')
        return sp_path_clean(facts->arena, command->directory);
    sp_setting workdir = sp_facts_setting(facts, executed->stage, executed->before, SP_SETTING_WORKDIR);
    if (!workdir.value.known)
        return (sp_str){"", 0};
    sp_str base = workdir.value.value.size > 0 ? workdir.value.value : SP_STR("/");
    sp_str parts[] = {SP_STR("/"), base};
    return sp_path_join(facts->arena, sp_arena_join(facts->arena, parts, 2), command->directory);
}

/* A value as an absolute path; "" when only the build knows it. */
static sp_str resolve(sp_facts *facts, uint32_t instruction, const sp_command *command, const sp_value *path)
{
    if (!path->known || path->value.size == 0)
        return (sp_str){"", 0};
    if (path->value.text[0] == '/')
        return sp_path_clean(facts->arena, path->value);
    sp_str directory = sp_ecosystem__directory(facts, instruction, command);
    return directory.size > 0 ? sp_path_join(facts->arena, directory, path->value) : directory;
}

/* An ENV or ARG in force, or an assignment before the command; NULL when neither sets it. */
static const sp_value *find_variable(sp_facts *facts, uint32_t instruction, const sp_command *command, const char *name)
{
    sp_str wanted = sp_str_from(name);
    for (uint32_t i = 0; i < command->assignment_count; i++) {
        if (sp_str_equal(command->assignments[i].name, wanted))
            return &command->assignments[i].value.value;
    }
    const sp_binding *binding = sp_map_find(facts->graph->instructions[instruction].before->environment, wanted);
    if (binding == NULL || (binding->is_declared && !binding->variable.set))
        return NULL;
    sp_value *value = sp_arena_new(facts->arena, sp_value);
    value->known = binding->variable.certainty == SP_CERTAIN_KNOWN || binding->variable.certainty == SP_CERTAIN_DEFAULT;
    value->value = value->shape = binding->variable.value;
    return value;
}

/* What adding folders needs to know. */
typedef struct install {
    sp_facts *facts;
    uint32_t instruction;
    const sp_command *command;
    const sp_operation *operation;
    const sp_holding *held;
    bool placed; /* the command line says where, so no default counts */
} install;

static void add_folder(install *into, sp_holding folder)
{
    folder.filled = true; /* an install that may not run counts too: who takes its folder takes what there is */
    into->held = sp_holding__add(into->facts, into->held, folder);
}

static void add_named_folder(install *into, const sp_value *path, const char *below)
{
    if (path == NULL)
        return;
    sp_str folder = resolve(into->facts, into->instruction, into->command, path);
    if (folder.size > 0 && *below != '\0')
        folder = sp_path_join(into->facts->arena, folder, sp_str_from(below));
    add_folder(into, (sp_holding){.path = folder});
    into->placed = true;
}

static void add_option_folder(install *into, const char *letter, const char *name, const char *below)
{
    const sp_value *path =
        sp_command__option(into->facts->arena, into->command, sp_str_from(letter), sp_str_from(name));
    add_named_folder(into, path, below);
}

/* /venv of /venv/bin/pip or /venv/bin/python; nothing for the system's own */
static void add_program_folder(install *into)
{
    const sp_value *program = &into->command->words[0].value;
    if (!program->known || sp_str_find(program->value, '/') == program->value.size)
        return;
    sp_str path = resolve(into->facts, into->instruction, into->command, program);
    sp_str folder = sp_path_folder(path);
    if (!sp_str_equal(sp_path_last(folder), SP_STR("bin")))
        return;
    folder = sp_path_folder(folder);
    if (sp_str_equal(folder, SP_STR("/usr")) || sp_str_equal(folder, SP_STR("/usr/local")) ||
        sp_str_equal(folder, SP_STR("/")))
        return;
    add_folder(into, (sp_holding){.path = folder});
    into->placed = true;
}

static void add_system(install *into)
{
    uint32_t stage = into->facts->graph->instructions[into->instruction].stage;
    if (sp_ecosystem__runtime(into->facts, stage, SP_PYTHON) == SP_RUNTIME_UNKNOWN) {
        add_folder(into, (sp_holding){.path = {"", 0}});
        return;
    }
    add_folder(into, (sp_holding){.path = SP_STR("/root/.local"), .user = true});
    add_folder(into, (sp_holding){.path = SP_STR("/usr/lib"), .shared = true});
    add_folder(into, (sp_holding){.path = SP_STR("/usr/local/lib"), .shared = true});
}

/* Every virtual environment that the stage has may be the active one. */
static void fill_environments(install *into)
{
    const sp_holding *before = into->held;
    for (const sp_holding *one = before; one != NULL; one = one->next) {
        if (!one->filled)
            add_folder(into, *one);
    }
}

static bool is_true(const sp_value *value)
{
    static const char *const yes[] = {"1", "true", "True", "yes", "on", NULL};
    return value != NULL && value->known && sp_ecosystem__is_listed(value->value, yes);
}

/* .venv beside the project: uv and pdm put it there, poetry and pipenv when they were told to, perhaps in a file. */
static void add_project_environment(install *into)
{
    sp_str manager = into->operation->manager;
    bool always = sp_str_equal(manager, SP_STR("uv")) || sp_str_equal(manager, SP_STR("pdm"));
    const char *switches[] = {"POETRY_VIRTUALENVS_IN_PROJECT", "PIPENV_VENV_IN_PROJECT"};
    for (size_t i = 0; i < 2; i++)
        always = always || is_true(find_variable(into->facts, into->instruction, into->command, switches[i]));
    sp_str directory = sp_ecosystem__directory(into->facts, into->instruction, into->command);
    sp_str path = directory.size > 0 ? sp_path_join(into->facts->arena, directory, SP_STR(".venv")) : directory;
    add_folder(into, (sp_holding){.path = path, .unknown = !always});
}

static void add_variable_folder(install *into, const char *name)
{
    add_named_folder(into, find_variable(into->facts, into->instruction, into->command, name), "");
}

static void install_python(install *into)
{
    add_option_folder(into, "t", "--target", "");
    add_option_folder(into, "", "--prefix", "");
    add_option_folder(into, "", "--root", "");
    if (!sp_str_equal(into->operation->manager, SP_STR("poetry")))
        add_option_folder(into, "", "--python", "..");
    add_program_folder(into);
    static const char *const folders[] = {"PIP_TARGET", "PIP_PREFIX", "UV_PROJECT_ENVIRONMENT", "PYTHONUSERBASE"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        add_variable_folder(into, folders[i]);
    if (into->placed)
        return;
    add_variable_folder(into, "VIRTUAL_ENV");
    fill_environments(into);
    if (!sp_str_equal(into->operation->manager, SP_STR("pip")))
        add_project_environment(into);
    add_system(into);
}

static void install_node(install *into)
{
    static const char *const options[][2] = {{"C", "--prefix"}, {"", "--cwd"}, {"", "--dir"}};
    if (sp_command__has(into->command, "deploy")) {
        const sp_command *command = into->command;
        add_named_folder(into, &command->words[command->word_count - 1].value, "node_modules");
    }
    for (size_t i = 0; i < 3; i++)
        add_option_folder(into, options[i][0], options[i][1], "node_modules");
    add_option_folder(into, "", "--modules-folder", "");
    if (into->placed)
        return;
    sp_str directory = sp_ecosystem__directory(into->facts, into->instruction, into->command);
    sp_str path = directory.size > 0 ? sp_path_join(into->facts->arena, directory, SP_STR("node_modules")) : directory;
    add_folder(into, (sp_holding){.path = path});
}

const sp_holding *sp_ecosystem__install(sp_facts *facts, sp_ecosystem ecosystem, const sp_operation *operation,
                                        const sp_holding *held)
{
    const sp_script *script = sp_facts_script(facts, operation->instruction);
    install into = {.facts = facts,
                    .instruction = operation->instruction,
                    .command = &script->commands[operation->command],
                    .operation = operation,
                    .held = held};
    if (ecosystem == SP_PYTHON)
        install_python(&into);
    else
        install_node(&into);
    return into.held;
}

static bool is_within(sp_str text, const char *const *parts)
{
    for (; *parts != NULL; parts++) {
        if (sp_str_search(text, sp_str_from(*parts)) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Paths that say themselves what they hold, wherever they were moved to. */
static bool says_so(sp_str path, sp_ecosystem ecosystem)
{
    static const char *const python[] = {"site-packages", "dist-packages", "venv",  "virtualenv",
                                         "/.local",       "wheel",         "/env/", NULL};
    static const char *const node[] = {"node_modules", "/.yarn", ".pnp", "standalone", "/.output", NULL};
    return is_within(path, ecosystem == SP_PYTHON ? python : node) ||
           (ecosystem == SP_PYTHON && sp_str_ends(path, SP_STR("/env")));
}

sp_taking sp_holding__taken(const sp_holding *holding, sp_ecosystem ecosystem, sp_str source)
{
    if (sp_str_find(source, '\0') < source.size)
        return SP_TAKES_PERHAPS;
    bool names_files = sp_str_find(source, '*') < source.size;
    sp_str folder = sp_str_ends(source, SP_STR("/*")) ? sp_path_folder(source) : source;
    if (says_so(source, ecosystem))
        return SP_TAKES_PART;
    if (holding->path.size == 0)
        return SP_TAKES_PERHAPS;
    if (holding->user && (sp_path_contains(SP_STR("/home"), folder) || sp_path_contains(folder, SP_STR("/home"))))
        return SP_TAKES_ALL;
    if (sp_path_contains(folder, holding->path))
        return SP_TAKES_ALL;
    if (!sp_path_contains(holding->path, folder))
        return names_files && sp_path_contains(sp_path_folder(folder), holding->path) ? SP_TAKES_PERHAPS
                                                                                      : SP_TAKES_NOTHING;
    static const char *const libraries[] = {"python", "packages", NULL};
    bool part = !holding->shared || is_within(sp_str_skip(folder, holding->path.size), libraries);
    return part ? SP_TAKES_PART : SP_TAKES_NOTHING;
}

/* The index of the word that makes a virtual environment: 0 of virtualenv itself; the count when there is none. */
static uint32_t environment_word(const sp_command *command)
{
    static const char *const makers[] = {"virtualenv", "pyvenv", NULL};
    static const char *const hosts[] = {"python*", "pypy*", "uv", NULL};
    if (sp_ecosystem__is_listed(command->name, makers))
        return 0;
    if (!sp_ecosystem__is_listed(command->name, hosts))
        return command->word_count;
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (sp_str_equal(word, SP_STR("venv")) || sp_str_equal(word, SP_STR("virtualenv")))
            return i;
    }
    return command->word_count;
}

/* python -m venv folder, virtualenv folder, uv venv [folder] */
static const sp_value *environment_folder(const sp_command *command)
{
    static const char *const valued[] = {"-p", "--python", "--prompt", NULL};
    static const sp_value beside = {.known = true, .value = {".venv", 5}, .shape = {".venv", 5}};
    uint32_t made = environment_word(command);
    if (made >= command->word_count)
        return NULL;
    const sp_value *last = NULL;
    for (uint32_t i = made + 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (sp_ecosystem__is_listed(word, valued))
            i++;
        else if (word.size > 0 && word.text[0] != '-')
            last = &command->words[i].value;
    }
    return last != NULL ? last : &beside;
}

/* cp, mv, rsync, ln: what they take from a folder that is held is then at their last argument too. */
static const sp_holding *move(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction, const sp_command *command,
                              const sp_holding *held)
{
    static const char *const movers[] = {"cp", "mv", "rsync", "ln", NULL};
    if (held == NULL || command->word_count < 3 || !sp_ecosystem__is_listed(command->name, movers))
        return held;
    const sp_value *to = &command->words[command->word_count - 1].value;
    for (uint32_t i = 1; i + 1 < command->word_count; i++) {
        const sp_value *from = &command->words[i].value;
        if (from->shape.size == 0 || from->shape.text[0] == '-')
            continue;
        sp_str source = resolve(facts, instruction, command, from);
        for (const sp_holding *one = held; source.size > 0 && one != NULL; one = one->next) {
            sp_taking taken = sp_holding__taken(one, ecosystem, source);
            if (!one->filled || taken == SP_TAKES_NOTHING || taken == SP_TAKES_PERHAPS)
                continue;
            sp_holding moved = {.path = resolve(facts, instruction, command, to), .filled = true};
            return sp_holding__add(facts, held, moved);
        }
    }
    return held;
}

/* ./install-deps.sh, make requirements: only the build knows what they bring. */
static bool runs_installer(const sp_command *command)
{
    static const char *const runners[] = {"make", "just", "task", "invoke", "sh", "bash", NULL};
    static const char *const purposes[] = {"install", "deps", "depend", "setup", "bootstrap", "require", NULL};
    if (command->word_count == 0)
        return false;
    sp_str program = command->words[0].value.shape;
    bool script = sp_str_ends(program, SP_STR(".sh")) || sp_str_starts(program, SP_STR("./"));
    if (script)
        return is_within(program, purposes);
    for (uint32_t i = 1; i < command->word_count && sp_ecosystem__is_listed(command->name, runners); i++) {
        if (is_within(command->words[i].value.shape, purposes))
            return true;
    }
    return false;
}

/* apt-get install python3-flask, apk add py3-flask: a distribution's own packages of the ecosystem */
static bool installs_from_distribution(const sp_operation *operation, sp_ecosystem ecosystem)
{
    static const char *const python[] = {"python3-*", "py3-*", "python-*", NULL};
    static const char *const node[] = {"node-*", NULL};
    static const char *const tools[] = {
        "pip",           "dev",  "venv",       "minimal", "distutils", "setuptools",
        "wheel",         "gyp",  "virtualenv", "lib2to3", "apt",       "software-properties",
        "pkg-resources", "full", "devel",      "tk",      "dbg",       NULL};
    for (uint32_t i = 0; i < operation->package_count && operation->action == SP_INSTALL; i++) {
        sp_str name = operation->packages[i].name;
        if (!sp_ecosystem__is_listed(name, ecosystem == SP_PYTHON ? python : node))
            continue;
        if (!sp_ecosystem__is_listed(sp_str_skip(name, sp_str_find(name, '-') + 1), tools))
            return true;
    }
    return false;
}

/* Only the stage that ships is asked: what else a builder has does not reach the image by itself. */
static const sp_holding *add_possible(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction,
                                      const sp_holding *held)
{
    const sp_script *script = sp_facts_script(facts, instruction);
    uint32_t count = 0;
    const sp_operation *operations = sp_facts_operations(facts, instruction, &count);
    bool possible = !script->known;
    for (uint32_t i = 0; i < script->command_count; i++)
        possible = possible || runs_installer(&script->commands[i]);
    for (uint32_t i = 0; i < count; i++)
        possible = possible || installs_from_distribution(&operations[i], ecosystem);
    return possible ? sp_holding__add(facts, held, (sp_holding){.path = {"", 0}, .filled = true, .unknown = true})
                    : held;
}

const sp_holding *sp_ecosystem__run(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction,
                                    const sp_holding *held)
{
    if (held != NULL && held->depth >= HOLDINGS)
        return held;
    if (facts->graph->stages[facts->graph->instructions[instruction].stage].shipped)
        held = add_possible(facts, ecosystem, instruction, held);
    const sp_script *script = sp_facts_script(facts, instruction);
    uint32_t count = 0, next = 0;
    const sp_operation *operations = sp_facts_operations(facts, instruction, &count);
    for (uint32_t i = 0; i < script->command_count; i++) {
        const sp_command *command = &script->commands[i];
        const sp_value *folder = ecosystem == SP_PYTHON ? environment_folder(command) : NULL;
        if (folder != NULL)
            held = sp_holding__add(facts, held, (sp_holding){.path = resolve(facts, instruction, command, folder)});
        held = move(facts, ecosystem, instruction, command, held);
        for (; next < count && operations[next].command == i; next++) {
            if (sp_ecosystem__of_manager(operations[next].manager) == ecosystem &&
                sp_ecosystem__counts(&operations[next], command))
                held = sp_ecosystem__install(facts, ecosystem, &operations[next], held);
        }
    }
    return held;
}

/* The destination of a copy as an absolute path; "" when only the build knows it. */
static sp_str destination_of(sp_facts *facts, const sp_edge *edge)
{
    sp_command here = {.directory = {"", 0}, .directory_known = true};
    return resolve(facts, edge->instruction, &here, &edge->destination);
}

/* What one source of a copy brings along of one holding. */
static const sp_holding *take(sp_facts *facts, sp_ecosystem ecosystem, const sp_edge *edge, sp_str source,
                              const sp_holding *one, const sp_holding *held)
{
    sp_taking taken = one->filled || one->path.size > 0 ? sp_holding__taken(one, ecosystem, source) : SP_TAKES_NOTHING;
    if (taken == SP_TAKES_NOTHING)
        return held;
    sp_holding moved = *one;
    moved.unknown = one->unknown || taken == SP_TAKES_PERHAPS;
    moved.path = destination_of(facts, edge);
    sp_str folder = sp_str_ends(source, SP_STR("/*")) ? sp_path_folder(source) : source;
    if (taken == SP_TAKES_ALL && moved.path.size > 0 && sp_path_contains(folder, one->path)) {
        sp_str rest = sp_str_skip(one->path, folder.size + (folder.size > 1));
        moved.path = rest.size > 0 ? sp_path_join(facts->arena, moved.path, rest) : moved.path;
        moved.shared = one->shared;
    } else {
        moved.shared = false;
    }
    moved.user = false;
    return sp_holding__add(facts, held, moved);
}

static sp_str source_path(sp_facts *facts, const sp_value *source)
{
    sp_str text = source->known ? source->value : source->shape;
    return sp_path_join(facts->arena, SP_STR("/"), text);
}

/* What comes from outside the graph says by its name whether it holds packages. */
static const sp_holding *take_from_outside(sp_facts *facts, sp_ecosystem ecosystem, const sp_edge *edge,
                                           const sp_holding *held)
{
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        sp_str source = source_path(facts, &edge->sources.items[i]);
        bool whole = edge->origin == SP_ORIGIN_IMAGE && sp_path_contains(source, SP_STR("/usr/local/lib"));
        if (says_so(source, ecosystem) || whole)
            held = sp_holding__add(facts, held,
                                   (sp_holding){.path = destination_of(facts, edge), .filled = true, .unknown = whole});
    }
    return held;
}

static const sp_holding *copy(sp_facts *facts, sp_ecosystem ecosystem, const sp_edge *edge, const sp_holding **all)
{
    const sp_holding *held = all[edge->to];
    if (edge->from == SP_NONE && edge->candidate_count == 0)
        return take_from_outside(facts, ecosystem, edge, held);
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        sp_str source = source_path(facts, &edge->sources.items[i]);
        for (uint32_t j = 0; j < (edge->from != SP_NONE ? 1 : edge->candidate_count); j++) {
            uint32_t from = edge->from != SP_NONE ? edge->from : edge->candidates[j];
            for (const sp_holding *one = from < edge->to ? all[from] : NULL; one != NULL; one = one->next)
                held = take(facts, ecosystem, edge, source, one, held);
        }
    }
    return held;
}

/* A RUN that copies out of a mounted stage takes what the mount shows. */
static const sp_holding *take_mounted(sp_facts *facts, sp_ecosystem ecosystem, const sp_edge *edge,
                                      const sp_holding **all)
{
    static const char *const takers[] = {"cp", "mv", "rsync", "tar", "install", "uv", NULL};
    const sp_script *script = sp_facts_script(facts, edge->instruction);
    const sp_holding *held = all[edge->to];
    bool copies = false;
    for (uint32_t i = 0; i < script->command_count; i++)
        copies = copies || sp_ecosystem__is_listed(script->commands[i].name, takers);
    if (!copies || edge->from == SP_NONE || edge->from >= edge->to)
        return held;
    static const sp_value everything = {.known = true, .value = {"/", 1}, .shape = {"/", 1}};
    sp_str source = source_path(facts, edge->sources.count > 0 ? &edge->sources.items[0] : &everything);
    for (const sp_holding *one = all[edge->from]; one != NULL; one = one->next) {
        if (one->filled && sp_holding__taken(one, ecosystem, source) != SP_TAKES_NOTHING)
            return sp_holding__add(facts, held, (sp_holding){.path = {"", 0}, .filled = true, .unknown = one->unknown});
    }
    return held;
}

/* What one instruction changes: first what enters by it, then what a RUN does. */
static void execute(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction, const sp_holding **all)
{
    const sp_graph_instruction *executed = &facts->graph->instructions[instruction];
    const sp_holding **held = &all[executed->stage];
    for (uint32_t e = executed->first_edge; e < executed->first_edge + executed->edge_count; e++) {
        const sp_edge *edge = &facts->graph->edges[e];
        if (edge->kind == SP_EDGE_COPY || edge->kind == SP_EDGE_ADD)
            *held = copy(facts, ecosystem, edge, all);
        else if (edge->kind == SP_EDGE_MOUNT)
            *held = take_mounted(facts, ecosystem, edge, all);
    }
    if (executed->instruction->kind == SP_RUN)
        *held = sp_ecosystem__run(facts, ecosystem, instruction, *held);
}

const sp_holding **sp_ecosystem__holdings(sp_facts *facts, sp_ecosystem ecosystem)
{
    const sp_graph *graph = facts->graph;
    const sp_holding **all = sp_arena_zeroed(facts->arena, (graph->stage_count + 1) * sizeof(const sp_holding *));
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        uint32_t below = sp_facts__below(facts, i);
        all[i] = below != SP_NONE ? all[below] : NULL;
        for (uint32_t j = 0; j < graph->stages[i].count; j++)
            execute(facts, ecosystem, graph->stages[i].first + j, all);
    }
    return all;
}
