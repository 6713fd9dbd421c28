/* Where an install puts packages: what its options, the environment and the habits of its manager say. */
#include "base/path.h"
#include "facts/ecosystem.h"
#include "facts/tool.h"

/* What adding folders needs to know. */
typedef struct install {
    sp_facts *facts;
    uint32_t instruction;
    const sp_command *command;
    const sp_operation *operation;
    const sp_activation *activation;
    const sp_holding *held;
    sp_str active;    /* the virtual environment that surely gets the packages; "" */
    const char *told; /* what evidence calls the place, where that is no folder; NULL */
    bool placed;      /* the command line says where, so no default counts */
    bool installs_to_system;
} install;

static bool is_manager(const install *into, const char *name)
{
    return sp_str_is(into->operation->manager, name);
}

/* uv pip reads as pip does, and looks for environments by itself. */
static bool is_uv(const install *into)
{
    return sp_str_is(into->command->name, "uv");
}

/* An ENV or ARG in force, or an assignment before the command; NULL when neither sets it. */
static const sp_value *find_variable(const install *into, const char *name)
{
    sp_str wanted = sp_str_from(name);
    for (uint32_t i = 0; i < into->command->assignment_count; i++) {
        if (sp_str_equal(into->command->assignments[i].name, wanted))
            return &into->command->assignments[i].value.value;
    }
    const sp_map *environment = into->facts->graph->instructions[into->instruction].before->environment;
    const sp_binding *binding = sp_map_find(environment, wanted);
    if (binding == NULL || (binding->is_declared && !binding->variable.set))
        return NULL;
    const sp_variable *variable = &binding->variable;
    bool known = variable->certainty == SP_CERTAIN_KNOWN || variable->certainty == SP_CERTAIN_DEFAULT;
    sp_str text[] = {SP_STR("$"), wanted};
    sp_value *value = sp_arena_new(into->facts->arena, sp_value);
    *value = (sp_value){.text = sp_arena_join(into->facts->arena, text, 2),
                        .known = known,
                        .value = variable->value,
                        .shape = known ? variable->value : variable->shape};
    return value;
}

static bool is_true(const sp_value *value)
{
    static const char *const yes[] = {"1", "true", "True", "TRUE", "yes", "on", NULL};
    return value != NULL && value->known && sp_ecosystem__is_listed(value->value, yes);
}

static bool is_false(const sp_value *value)
{
    static const char *const no[] = {"0", "false", "False", "FALSE", "no", "off", NULL};
    return value != NULL && value->known && sp_ecosystem__is_listed(value->value, no);
}

static bool has_mark(const install *into, sp_mark mark)
{
    const sp_holding *held = into->held;
    while (held != NULL && held->mark != mark)
        held = held->next;
    return held != NULL;
}

/* ---- folders ---- */

static void add_folder(install *into, sp_holding folder)
{
    folder.filled = true; /* an install that may not run counts too: who takes its folder takes what there is */
    into->held = sp_holding__add(into->facts, into->held, folder);
}

static void add_system(install *into)
{
    uint32_t stage = into->facts->graph->instructions[into->instruction].stage;
    into->told = "its own Python installation";
    into->installs_to_system = true;
    if (sp_ecosystem__runtime(into->facts, stage, SP_PYTHON) == SP_RUNTIME_UNKNOWN) {
        add_folder(into, (sp_holding){.path = {"", 0}});
        return;
    }
    add_folder(into, (sp_holding){.path = SP_STR("/usr/lib"), .shared = true});
    add_folder(into, (sp_holding){.path = SP_STR("/usr/local/lib"), .shared = true});
}

static bool is_system(sp_str folder)
{
    return sp_str_is(folder, "/usr") || sp_str_is(folder, "/usr/local") || sp_str_is(folder, "/");
}

static void add_path(install *into, sp_str folder, sp_str text)
{
    if (is_system(folder))
        add_system(into);
    else
        add_folder(into, (sp_holding){.path = folder, .text = text});
    into->placed = true;
}

static void add_named_folder(install *into, const sp_value *path, const char *below)
{
    if (path == NULL)
        return;
    sp_str folder = sp_ecosystem__resolve(into->facts, into->instruction, into->command, path);
    sp_str text = folder.size == 0 && *below == '\0' ? path->text : (sp_str){"", 0};
    if (folder.size > 0 && *below != '\0')
        folder = sp_path_join(into->facts->arena, folder, sp_str_from(below));
    add_path(into, folder, text);
}

static void add_option_folder(install *into, const char *letter, const char *name, const char *below)
{
    const sp_value *path =
        sp_command__option(into->facts->arena, into->command, sp_str_from(letter), sp_str_from(name));
    add_named_folder(into, path, below);
}

static void add_variable_folder(install *into, const char *name)
{
    add_named_folder(into, find_variable(into, name), "");
}

/* /venv of /venv/bin/python */
static sp_str folder_of_program(install *into, const sp_value *program)
{
    sp_str path = sp_ecosystem__resolve(into->facts, into->instruction, into->command, program);
    sp_str folder = sp_path_folder(path);
    return path.size > 0 && sp_str_is(sp_path_last(folder), "bin") ? sp_path_folder(folder) : (sp_str){"", 0};
}

/* /venv/bin/pip and /venv/bin/python -m pip; with an unknown folder in front, only the build knows where that is */
static void add_program_folder(install *into)
{
    const sp_value *program = &into->command->words[0].value;
    bool has_folder = sp_str_find(program->shape, '/') < program->shape.size;
    if (!has_folder || !is_manager(into, "pip") || is_uv(into))
        return;
    sp_str folder = folder_of_program(into, program);
    if (folder.size > 0 || !program->known)
        add_path(into, folder, (sp_str){"", 0});
}

/* --python /venv, --python /venv/bin/python; --python 3.12 is no folder */
static void add_interpreter_folder(install *into)
{
    const sp_value *path = sp_command__option(into->facts->arena, into->command, SP_STR(""), SP_STR("--python"));
    if (path == NULL || !path->known || sp_str_find(path->value, '/') == path->value.size)
        return;
    sp_str folder = folder_of_program(into, path);
    if (folder.size > 0)
        add_path(into, folder, (sp_str){"", 0});
    else
        add_named_folder(into, path, "");
}

/* ---- homes ---- */

static bool is_root(const install *into)
{
    const sp_graph_instruction *executed = &into->facts->graph->instructions[into->instruction];
    sp_setting user = sp_facts_setting(into->facts, executed->stage, executed->before, SP_SETTING_USER);
    sp_answer root = sp_facts_is_root(into->facts, &user);
    return sp_answer_truth(&root) == SP_YES;
}

/* A folder in the user's home, which is /root unless HOME says otherwise. */
static void add_home_folder(install *into, const char *below)
{
    const sp_value *home = find_variable(into, "HOME");
    sp_str base =
        home != NULL && home->known && sp_str_starts(home->value, SP_STR("/")) ? home->value : SP_STR("/root");
    add_folder(into, (sp_holding){.path = sp_path_join(into->facts->arena, base, sp_str_from(below)), .user = true});
}

/* pip install --user */
static void add_user(install *into)
{
    const sp_value *base = find_variable(into, "PYTHONUSERBASE");
    if (base != NULL)
        add_named_folder(into, base, "");
    else
        add_home_folder(into, ".local");
}

/* ---- virtual environments ---- */

/* Longer ones are nobody's: reading one for each install has an end. */
#define SEARCH_PATH_MOST 4096

/* {folder ":"}: is its bin there, before what the image's own PATH gives */
static sp_truth lists(sp_str search_path, sp_str folder)
{
    sp_truth otherwise = search_path.size > SEARCH_PATH_MOST ? SP_MAYBE : SP_NO;
    bool first = true;
    search_path = sp_str_head(search_path, SEARCH_PATH_MOST);
    while (search_path.size > 0) {
        sp_str entry = sp_str_head(search_path, sp_str_find(search_path, ':'));
        search_path = sp_str_skip(search_path, entry.size + 1);
        bool inside = sp_str_starts(entry, folder);
        sp_str rest = sp_str_skip(entry, folder.size);
        if (inside && (sp_str_is(rest, "/bin") || sp_str_is(rest, "/bin/")))
            return first ? SP_YES : SP_MAYBE;
        if (sp_str_find(entry, '\0') < entry.size) {
            otherwise = entry.size > 1 ? SP_MAYBE : otherwise;
            first = false;
        }
    }
    return otherwise;
}

static sp_truth more_certain(sp_truth a, sp_truth b)
{
    return a == SP_YES || b == SP_NO ? a : b;
}

void sp_activation__see(sp_activation *activation, sp_facts *facts, uint32_t instruction, const sp_command *command)
{
    for (uint32_t i = 0; i < command->assignment_count; i++) {
        if (sp_str_is(command->assignments[i].name, "PATH"))
            activation->search_path = command->assignments[i].value.value.shape;
    }
    bool exports = sp_str_is(command->name, "export");
    for (uint32_t i = 1; exports && i < command->word_count; i++) {
        if (sp_str_starts(command->words[i].value.shape, SP_STR("PATH=")))
            activation->search_path = sp_str_skip(command->words[i].value.shape, 5);
    }
    bool sources = sp_str_is(command->name, ".") || sp_str_is(command->name, "source");
    if (!sources || command->word_count < 2)
        return;
    sp_str path = sp_ecosystem__resolve(facts, instruction, command, &command->words[1].value);
    bool known = path.size > 0 && sp_str_is(sp_path_last(path), "activate");
    activation->folder = known ? sp_path_folder(sp_path_folder(path)) : (sp_str){"", 0};
    activation->unknown = activation->unknown || !known;
}

/* A shell that reads start-up files may find an activation there. */
static bool reads_startup_files(const install *into)
{
    const sp_graph_instruction *executed = &into->facts->graph->instructions[into->instruction];
    if (find_variable(into, "BASH_ENV") != NULL || find_variable(into, "ENV") != NULL)
        return true;
    if (executed->before->shell == SP_NONE)
        return false;
    const sp_words *shell = &into->facts->graph->instructions[executed->before->shell].instruction->arguments;
    for (uint32_t i = 1; i < shell->count; i++) {
        sp_str word = shell->items[i].text;
        bool letters = word.size > 1 && word.text[0] == '-' && word.text[1] != '-';
        if (sp_str_is(word, "--login") ||
            (letters && (sp_str_find(word, 'l') < word.size || sp_str_find(word, 'i') < word.size)))
            return true;
    }
    return false;
}

/* uv takes .venv of its folder or of one above, and any that VIRTUAL_ENV names. */
static sp_truth is_found_by_uv(const install *into, sp_str folder)
{
    if (!is_uv(into) || sp_command__has(into->command, "--system") || is_true(find_variable(into, "UV_SYSTEM_PYTHON")))
        return SP_NO;
    sp_str directory = sp_ecosystem__directory(into->facts, into->instruction, into->command);
    bool beside = sp_str_is(sp_path_last(folder), ".venv") && sp_path_contains(sp_path_folder(folder), directory);
    return beside ? SP_YES : SP_MAYBE;
}

static sp_truth is_active(const install *into, sp_str folder)
{
    uint32_t stage = into->facts->graph->instructions[into->instruction].stage;
    bool perhaps = folder.size == 0 || into->activation->unknown || reads_startup_files(into) ||
                   sp_ecosystem__runtime(into->facts, stage, SP_PYTHON) == SP_RUNTIME_UNKNOWN;
    sp_truth active = perhaps ? SP_MAYBE : SP_NO;
    if (folder.size == 0)
        return active;
    if (sp_str_equal(into->activation->folder, folder))
        return SP_YES;
    active = more_certain(active, is_found_by_uv(into, folder));
    const sp_value *search_path = find_variable(into, "PATH");
    if (search_path != NULL)
        active = more_certain(active, lists(search_path->shape, folder));
    return more_certain(active, lists(into->activation->search_path, folder));
}

/* The virtual environments that are active, surely or perhaps. */
static void fill_environments(install *into)
{
    const sp_holding *before = into->held;
    for (const sp_holding *one = before; one != NULL; one = one->next) {
        sp_truth active = one->filled || one->mark != SP_MARK_NONE ? SP_NO : is_active(into, one->path);
        if (active == SP_NO)
            continue;
        add_folder(into, *one);
        if (active == SP_YES)
            into->active = one->path;
    }
    into->placed = into->placed || into->active.size > 0;
}

/* .venv beside the project */
static void add_project_environment(install *into, bool sure)
{
    sp_str directory = sp_ecosystem__directory(into->facts, into->instruction, into->command);
    const sp_value *project = sp_command__option(into->facts->arena, into->command, SP_STR(""), SP_STR("--directory"));
    if (project == NULL && is_uv(into))
        project = sp_command__option(into->facts->arena, into->command, SP_STR(""), SP_STR("--project"));
    if (project != NULL)
        directory = sp_ecosystem__resolve(into->facts, into->instruction, into->command, project);
    sp_str path = directory.size > 0 ? sp_path_join(into->facts->arena, directory, SP_STR(".venv")) : directory;
    add_folder(into, (sp_holding){.path = path, .unknown = !sure});
}

/* An environment of its own in the cache or home, unless a file beside the project says otherwise. */
static void add_hidden_environment(install *into, const char *variable, const char *below)
{
    const sp_value *folder = find_variable(into, variable);
    if (folder != NULL) {
        add_named_folder(into, folder, "");
        return;
    }
    add_project_environment(into, false);
    add_home_folder(into, below);
    into->told = "a virtual environment of its own";
}

static void add_poetry(install *into)
{
    bool beside = is_true(find_variable(into, "POETRY_VIRTUALENVS_IN_PROJECT")) || has_mark(into, SP_MARK_IN_PROJECT);
    const sp_holding *held = into->held;
    if (beside) {
        add_project_environment(into, true);
        return;
    }
    add_hidden_environment(into, "POETRY_VIRTUALENVS_PATH", ".cache/pypoetry");
    for (; held != NULL; held = held->next) {
        if (held->mark == SP_MARK_IN_FOLDER)
            add_folder(into, (sp_holding){.path = held->path});
    }
    const sp_value *cache = find_variable(into, "POETRY_CACHE_DIR");
    if (cache != NULL)
        add_named_folder(into, cache, "");
}

static void add_pipenv(install *into)
{
    if (is_true(find_variable(into, "PIPENV_VENV_IN_PROJECT")))
        add_project_environment(into, true);
    else
        add_hidden_environment(into, "WORKON_HOME", ".local/share/virtualenvs");
}

static void add_pdm(install *into)
{
    add_project_environment(into, true);
    sp_str directory = sp_ecosystem__directory(into->facts, into->instruction, into->command);
    if (directory.size > 0)
        add_folder(into, (sp_holding){.path = sp_path_join(into->facts->arena, directory, SP_STR("__pypackages__"))});
    into->told = "its project's own environment";
}

static void add_uv_project(install *into)
{
    if (sp_command__has(into->command, "--active"))
        fill_environments(into);
    const sp_value *folder = find_variable(into, "UV_PROJECT_ENVIRONMENT");
    if (folder != NULL)
        add_named_folder(into, folder, "");
    else if (!into->placed)
        add_project_environment(into, true);
    add_variable_folder(into, "VIRTUAL_ENV");
}

/* Managers that keep an environment for each project, unless they were told to use what is there. */
static bool add_managed_environment(install *into)
{
    const sp_command *command = into->command;
    bool shared = is_false(find_variable(into, "POETRY_VIRTUALENVS_CREATE")) || has_mark(into, SP_MARK_NO_ENVIRONMENT);
    bool system = sp_command__has(command, "--system") || is_true(find_variable(into, "PIPENV_SYSTEM"));
    bool global = sp_command__has(command, "-g") || sp_command__has(command, "--global");
    if (is_manager(into, "poetry") && !shared)
        add_poetry(into);
    else if (is_manager(into, "pipenv") && !system)
        add_pipenv(into);
    else if (is_manager(into, "pdm") && !global)
        add_pdm(into);
    else
        return false;
    return true;
}

/* ---- managers ---- */

/* What the command line, or a variable of pip's, says. */
static void add_told_folders(install *into)
{
    add_option_folder(into, "t", "--target", "");
    add_option_folder(into, "", "--prefix", "");
    add_option_folder(into, "", "--root", "");
    if (is_manager(into, "pip") || is_manager(into, "uv"))
        add_interpreter_folder(into);
    add_program_folder(into);
    add_variable_folder(into, "PIP_TARGET");
    add_variable_folder(into, "PIP_PREFIX");
    bool user = sp_command__has(into->command, "--user") || is_true(find_variable(into, "PIP_USER"));
    if (into->placed || !user)
        return;
    add_user(into);
    into->placed = true;
}

static void install_python(install *into)
{
    add_told_folders(into);
    if (into->placed)
        return;
    if (is_manager(into, "uv")) {
        add_uv_project(into);
        return;
    }
    fill_environments(into);
    bool by_manager = add_managed_environment(into);
    if (into->active.size > 0)
        return;
    add_variable_folder(into, "VIRTUAL_ENV");
    if (by_manager)
        return;
    add_system(into);
    if (!is_root(into))
        add_user(into); /* where pip goes when it may not write */
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
    add_option_folder(into, "", "--modules-dir", "");
    if (into->placed)
        return;
    sp_str directory = sp_ecosystem__directory(into->facts, into->instruction, into->command);
    sp_str path = directory.size > 0 ? sp_path_join(into->facts->arena, directory, SP_STR("node_modules")) : directory;
    add_folder(into, (sp_holding){.path = path});
}

/* The one folder that was added; a second one makes it "". */
static sp_str only_folder(const install *into, const sp_holding *before)
{
    sp_str found = into->active;
    for (const sp_holding *held = into->held; found.size == 0 && held != NULL && held != before; held = held->next)
        found = held->path;
    for (const sp_holding *held = into->held; held != NULL && held != before && into->active.size == 0;
         held = held->next) {
        if (held->shared || held->user || held->unknown || !sp_str_equal(held->path, found))
            return (sp_str){"", 0};
    }
    return found;
}

/* The word that says where, when only the build knows what it is. */
static sp_str written_place(const install *into, const sp_holding *before)
{
    for (const sp_holding *held = into->held; held != NULL && held != before; held = held->next) {
        if (held->user)
            return SP_STR("the home folder of its user");
        if (held->text.size > 0)
            return held->text;
    }
    return SP_STR("a folder that only the build knows");
}

/* A virtual environment that was made and does not get the packages: not what its maker meant. */
static sp_str find_inactive(const install *into, const sp_holding *before)
{
    for (; into->installs_to_system && before != NULL; before = before->next) {
        bool environment = !before->filled && before->mark == SP_MARK_NONE && before->path.size > 0;
        if (environment && is_active(into, before->path) == SP_NO)
            return before->path;
    }
    return (sp_str){"", 0};
}

static sp_destination destination_of(const install *into, const sp_holding *before)
{
    sp_str folder = only_folder(into, before);
    sp_destination found = {.path = folder, .text = folder, .inactive = find_inactive(into, before)};
    if (folder.size == 0)
        found.text = into->told != NULL ? sp_str_from(into->told) : written_place(into, before);
    return found;
}

const sp_holding *sp_ecosystem__install(sp_facts *facts, sp_ecosystem ecosystem, const sp_operation *operation,
                                        const sp_activation *activation, const sp_holding *held, sp_destination *out)
{
    const sp_script *script = sp_facts_script(facts, operation->instruction);
    install into = {.facts = facts,
                    .instruction = operation->instruction,
                    .command = &script->commands[operation->command],
                    .operation = operation,
                    .activation = activation,
                    .held = held,
                    .active = {"", 0}};
    if (ecosystem == SP_PYTHON)
        install_python(&into);
    else
        install_node(&into);
    *out = destination_of(&into, held);
    return into.held;
}
