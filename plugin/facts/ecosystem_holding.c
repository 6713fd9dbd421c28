/* Where installed packages are: which folders of a stage hold some, and which of them go on to other stages. */
#include "base/path.h"
#include "facts/ecosystem.h"
#include "facts/tool.h"

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

sp_str sp_ecosystem__resolve(sp_facts *facts, uint32_t instruction, const sp_command *command, const sp_value *path)
{
    if (!path->known || path->value.size == 0)
        return (sp_str){"", 0};
    if (path->value.text[0] == '/')
        return sp_path_clean(facts->arena, path->value);
    sp_str directory = sp_ecosystem__directory(facts, instruction, command);
    return directory.size > 0 ? sp_path_join(facts->arena, directory, path->value) : directory;
}

static bool is_within(sp_str text, const char *const *parts)
{
    for (; *parts != NULL; parts++) {
        if (sp_str_search(text, sp_str_from(*parts)) != SIZE_MAX)
            return true;
    }
    return false;
}

static const char *const wheels[] = {"wheel", NULL};

/* Paths that say themselves what they hold, wherever they were moved to. */
static bool says_so(sp_str path, sp_ecosystem ecosystem)
{
    static const char *const python[] = {"site-packages", "dist-packages", "__pypackages__", "venv",
                                         "virtualenv",    "/.local",       "/env/",          NULL};
    static const char *const node[] = {"node_modules", "/.yarn", ".pnp", "standalone", "/.output", NULL};
    return is_within(path, ecosystem == SP_PYTHON ? python : node) ||
           (ecosystem == SP_PYTHON && sp_str_ends(path, SP_STR("/env")));
}

static bool is_quote_or_brace(char byte)
{
    return byte == '"' || byte == '\'' || byte == '{' || byte == '}';
}

/* Whether two words that only the build knows are written alike: "${TASK_ROOT}" and $TASK_ROOT/ */
static bool is_same_word(sp_str a, sp_str b)
{
    size_t i = 0, j = 0;
    while (i < a.size || j < b.size) {
        if (i < a.size && is_quote_or_brace(a.text[i]))
            i++;
        else if (j < b.size && is_quote_or_brace(b.text[j]))
            j++;
        else if (i < a.size && j < b.size && a.text[i] == b.text[j])
            i++, j++;
        else
            return i == a.size && sp_str_is(sp_str_skip(b, j), "/");
    }
    return a.size > 0;
}

sp_taking sp_holding__taken(const sp_holding *holding, sp_ecosystem ecosystem, sp_str source, bool hollow)
{
    static const char *const libraries[] = {"python", "packages", NULL};
    if (sp_str_find(source, '\0') < source.size)
        return SP_TAKES_PERHAPS;
    bool names_files = sp_str_find(source, '*') < source.size;
    sp_str folder = sp_str_ends(source, SP_STR("/*")) ? sp_path_folder(source) : source;
    if (says_so(source, ecosystem) && !hollow)
        return SP_TAKES_PART;
    if (holding->path.size == 0)
        return SP_TAKES_PERHAPS;
    if (holding->user && (sp_path_contains(SP_STR("/home"), folder) || sp_path_contains(folder, SP_STR("/home"))))
        return SP_TAKES_ALL;
    if (sp_path_contains(folder, holding->path))
        return SP_TAKES_ALL;
    if (!sp_path_contains(holding->path, folder)) {
        bool perhaps = (names_files && sp_path_contains(sp_path_folder(folder), holding->path)) ||
                       (ecosystem == SP_PYTHON && is_within(source, wheels));
        return perhaps ? SP_TAKES_PERHAPS : SP_TAKES_NOTHING;
    }
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
        sp_str source = sp_ecosystem__resolve(facts, instruction, command, from);
        for (const sp_holding *one = held; source.size > 0 && one != NULL; one = one->next) {
            sp_taking taken = sp_holding__taken(one, ecosystem, source, false);
            if (!one->filled || taken == SP_TAKES_NOTHING || taken == SP_TAKES_PERHAPS)
                continue;
            sp_holding moved = {.path = sp_ecosystem__resolve(facts, instruction, command, to), .filled = true};
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

/* The command that may bring packages without our seeing which, and why it only may; NULL */
static const char *find_possible(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction, sp_span *at)
{
    const sp_script *script = sp_facts_script(facts, instruction);
    uint32_t count = 0;
    const sp_operation *operations = sp_facts_operations(facts, instruction, &count);
    *at = facts->graph->instructions[instruction].instruction->span;
    if (!script->known)
        return "what ships may install the packages by a RUN whose shell is not read";
    for (uint32_t i = 0; i < script->command_count; i++) {
        *at = script->commands[i].span;
        if (runs_installer(&script->commands[i]))
            return "what ships may install the packages by a script";
    }
    for (uint32_t i = 0; i < count; i++) {
        *at = operations[i].span;
        if (installs_from_distribution(&operations[i], ecosystem))
            return "the distribution's packages may be enough for what ships";
    }
    return NULL;
}

/* Only the stage that ships is asked: what else a builder has does not reach the image by itself. */
static const sp_holding *add_possible(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction,
                                      const sp_holding *held)
{
    sp_span at;
    const char *doubt = find_possible(facts, ecosystem, instruction, &at);
    sp_holding possible = {.path = {"", 0}, .filled = true, .unknown = true, .doubt = doubt, .span = at};
    return doubt != NULL ? sp_holding__add(facts, held, possible) : held;
}

/* poetry config virtualenvs.in-project true */
static sp_holding marked(sp_facts *facts, uint32_t instruction, const sp_command *command)
{
    sp_holding mark = {.mark = SP_MARK_NONE, .path = {"", 0}};
    if (!sp_str_is(command->name, "poetry") && !sp_command__has(command, "poetry"))
        return mark;
    for (uint32_t i = 1; i + 1 < command->word_count && sp_command__has(command, "config"); i++) {
        sp_str key = command->words[i].value.shape, value = command->words[i + 1].value.shape;
        if (sp_str_is(key, "virtualenvs.in-project") && sp_str_is(value, "true"))
            mark.mark = SP_MARK_IN_PROJECT;
        if (sp_str_is(key, "virtualenvs.create") && sp_str_is(value, "false"))
            mark.mark = SP_MARK_NO_ENVIRONMENT;
        if (!sp_str_is(key, "virtualenvs.path"))
            continue;
        mark.mark = SP_MARK_IN_FOLDER;
        mark.path = sp_ecosystem__resolve(facts, instruction, command, &command->words[i + 1].value);
    }
    return mark;
}

/* A virtual environment that is made, or a setting of the manager that makes them. */
static const sp_holding *prepare(sp_facts *facts, uint32_t instruction, const sp_command *command,
                                 const sp_holding *held)
{
    const sp_value *folder = environment_folder(command);
    if (folder != NULL) {
        sp_str path = sp_ecosystem__resolve(facts, instruction, command, folder);
        sp_str text = path.size == 0 ? folder->text : (sp_str){"", 0};
        held = sp_holding__add(facts, held, (sp_holding){.path = path, .text = text});
    }
    sp_holding mark = marked(facts, instruction, command);
    return mark.mark != SP_MARK_NONE ? sp_holding__add(facts, held, mark) : held;
}

/* What a RUN does to packages: virtual environments, installs, cp and mv of what is held. */
static const sp_holding *run(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction, const sp_holding *held,
                             sp_holdings *all)
{
    if (held != NULL && held->depth >= HOLDINGS)
        return held;
    if (facts->graph->stages[facts->graph->instructions[instruction].stage].shipped)
        held = add_possible(facts, ecosystem, instruction, held);
    const sp_script *script = sp_facts_script(facts, instruction);
    uint32_t count = 0, next = 0;
    const sp_operation *operations = sp_facts_operations(facts, instruction, &count);
    sp_destination *destinations = sp_arena_zeroed(facts->arena, ((size_t)count + 1) * sizeof *destinations);
    all->destinations[instruction] = destinations;
    sp_activation activation = {.folder = {"", 0}, .search_path = {"", 0}};
    for (uint32_t i = 0; i < script->command_count; i++) {
        const sp_command *command = &script->commands[i];
        if (ecosystem == SP_PYTHON) {
            sp_activation__see(&activation, facts, instruction, command);
            held = prepare(facts, instruction, command, held);
        }
        held = move(facts, ecosystem, instruction, command, held);
        for (; next < count && operations[next].command == i; next++) {
            if (sp_ecosystem__of_manager(operations[next].manager) == ecosystem &&
                sp_ecosystem__counts(&operations[next], command))
                held =
                    sp_ecosystem__install(facts, ecosystem, &operations[next], &activation, held, &destinations[next]);
        }
    }
    return held;
}

/* The destination of a copy as an absolute path; "" when only the build knows it. */
sp_str sp_ecosystem__copied_to(sp_facts *facts, const sp_edge *edge)
{
    sp_command here = {.directory = {"", 0}, .directory_known = true};
    return sp_ecosystem__resolve(facts, edge->instruction, &here, &edge->destination);
}

/* One source of a copy, and what is known of it. */
typedef struct copied {
    const sp_value *word;
    sp_str path;
    bool hollow; /* a virtual environment that nothing was installed into */
} copied;

static const char *why_perhaps(const sp_holding *one, const copied *from)
{
    if (!from->word->known)
        return "what is copied here is known only when it is built";
    if (one->path.size == 0)
        return "the packages may be in what is copied: where they are installed is not known";
    if (one->unknown)
        return "the packages may be in what is copied: a file of the project may say where they are installed";
    return is_within(from->path, wheels) ? "the packages may be in the wheels that are copied"
                                         : "the packages may be among what is copied";
}

static sp_holding moved_by(sp_facts *facts, const sp_edge *edge, const copied *from, const sp_holding *one,
                           sp_taking taken)
{
    sp_holding moved = *one;
    bool doubtful = taken == SP_TAKES_PERHAPS || (one->unknown && one->doubt == NULL);
    moved.unknown = one->unknown || taken == SP_TAKES_PERHAPS;
    if (doubtful) {
        moved.doubt = why_perhaps(one, from);
        moved.span = facts->graph->instructions[edge->instruction].instruction->span;
    }
    moved.path = sp_ecosystem__copied_to(facts, edge);
    moved.text = (sp_str){"", 0};
    sp_str folder = sp_str_ends(from->path, SP_STR("/*")) ? sp_path_folder(from->path) : from->path;
    bool whole = taken == SP_TAKES_ALL && moved.path.size > 0 && sp_path_contains(folder, one->path);
    moved.shared = whole && one->shared;
    moved.user = false;
    if (!whole)
        return moved;
    sp_str rest = sp_str_skip(one->path, folder.size + (folder.size > 1));
    moved.path = rest.size > 0 ? sp_path_join(facts->arena, moved.path, rest) : moved.path;
    return moved;
}

/* COPY --exclude=node_modules, perhaps with folders before it: its last part is what people mean. */
static bool is_excluded(const sp_facts *facts, const sp_edge *edge, const sp_holding *one)
{
    const sp_flags *flags = &facts->graph->instructions[edge->instruction].instruction->flags;
    for (uint32_t i = 0; i < flags->count && one->path.size > 0; i++) {
        sp_str pattern = flags->items[i].value.text;
        if (sp_str_is(flags->items[i].name, "exclude") && sp_str_equal(sp_path_last(pattern), sp_path_last(one->path)))
            return true;
    }
    return false;
}

/* What one source of a copy brings along of one holding. */
static const sp_holding *take(sp_facts *facts, sp_ecosystem ecosystem, const sp_edge *edge, const copied *from,
                              const sp_holding *one, const sp_holding *held)
{
    if (one->mark != SP_MARK_NONE || (!one->filled && one->path.size == 0))
        return held;
    bool alike = !from->word->known && one->path.size == 0 && is_same_word(one->text, from->word->text);
    sp_taking taken = alike ? SP_TAKES_ALL : sp_holding__taken(one, ecosystem, from->path, from->hollow);
    if (taken == SP_TAKES_NOTHING || (taken == SP_TAKES_ALL && is_excluded(facts, edge, one)))
        return held;
    return sp_holding__add(facts, held, moved_by(facts, edge, from, one, taken));
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
                                   (sp_holding){.path = sp_ecosystem__copied_to(facts, edge),
                                                .filled = true,
                                                .unknown = whole,
                                                .doubt = "this may bring the packages from another image",
                                                .span = edge->reference.span});
    }
    return held;
}

/* Whether a source lies in a virtual environment that nothing was installed into. */
static bool is_hollow(const sp_holding *held, sp_str path)
{
    bool found = false;
    for (; held != NULL; held = held->next) {
        if (held->mark != SP_MARK_NONE || held->path.size == 0 || !sp_path_contains(held->path, path))
            continue;
        if (held->filled && !held->shared)
            return false;
        found = found || !held->filled;
    }
    return found;
}

static const sp_holding *copy(sp_facts *facts, sp_ecosystem ecosystem, const sp_edge *edge, const sp_holding **all)
{
    const sp_holding *held = all[edge->to];
    if (edge->from == SP_NONE && edge->candidate_count == 0)
        return take_from_outside(facts, ecosystem, edge, held);
    for (uint32_t i = 0; i < edge->sources.count; i++) {
        copied taken = {&edge->sources.items[i], source_path(facts, &edge->sources.items[i]), false};
        for (uint32_t j = 0; j < (edge->from != SP_NONE ? 1 : edge->candidate_count); j++) {
            uint32_t from = edge->from != SP_NONE ? edge->from : edge->candidates[j];
            const sp_holding *theirs = from < edge->to ? all[from] : NULL;
            taken.hollow = is_hollow(theirs, taken.path);
            for (const sp_holding *one = theirs; one != NULL; one = one->next)
                held = take(facts, ecosystem, edge, &taken, one, held);
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
        bool taken = one->filled && sp_holding__taken(one, ecosystem, source, false) != SP_TAKES_NOTHING;
        sp_holding moved = {
            .path = {"", 0}, .filled = true, .unknown = one->unknown, .doubt = one->doubt, .span = one->span};
        if (taken)
            return sp_holding__add(facts, held, moved);
    }
    return held;
}

/* What one instruction changes: first what enters by it, then what a RUN does. */
static void execute(sp_facts *facts, sp_ecosystem ecosystem, uint32_t instruction, sp_holdings *all)
{
    const sp_graph_instruction *executed = &facts->graph->instructions[instruction];
    const sp_holding **held = &all->held[executed->stage];
    for (uint32_t e = executed->first_edge; e < executed->first_edge + executed->edge_count; e++) {
        const sp_edge *edge = &facts->graph->edges[e];
        if (edge->kind == SP_EDGE_COPY || edge->kind == SP_EDGE_ADD)
            *held = copy(facts, ecosystem, edge, all->held);
        else if (edge->kind == SP_EDGE_MOUNT)
            *held = take_mounted(facts, ecosystem, edge, all->held);
    }
    if (executed->instruction->kind == SP_RUN)
        *held = run(facts, ecosystem, instruction, *held, all);
}

const sp_holdings *sp_ecosystem__holdings(sp_facts *facts, sp_ecosystem ecosystem)
{
    const sp_graph *graph = facts->graph;
    if (facts->holdings[ecosystem] != NULL)
        return facts->holdings[ecosystem];
    size_t stages = (size_t)graph->stage_count + 1, instructions = (size_t)graph->instruction_count + 1;
    sp_holdings *all = sp_arena_new(facts->arena, sp_holdings);
    all->held = sp_arena_zeroed(facts->arena, stages * sizeof(const sp_holding *));
    all->destinations = sp_arena_zeroed(facts->arena, instructions * sizeof(const sp_destination *));
    for (uint32_t i = 0; i < graph->stage_count; i++) {
        uint32_t below = sp_facts__below(facts, i);
        all->held[i] = below != SP_NONE ? all->held[below] : NULL;
        for (uint32_t j = 0; j < graph->stages[i].count; j++)
            execute(facts, ecosystem, graph->stages[i].first + j, all);
    }
    facts->holdings[ecosystem] = all;
    return all;
}
