/* How a RUN changes what a stage contains: packages installed and removed, toolchains downloaded and deleted. */
#include "base/path.h"
#include "facts/contents.h"
#include "facts/glob.h"
#include "facts/package.h"
#include "facts/tool.h"

sp_way sp_running__way(const sp_running *run, sp_way_kind kind, bool certain, sp_span span)
{
    return (sp_way){.kind = kind,
                    .stage = run->stage,
                    .instruction = run->instruction,
                    .span = span,
                    .unknown = !certain,
                    .name = {"", 0},
                    .manager = {"", 0},
                    .place = {"", 0},
                    .from = SP_NONE};
}

void sp_running__add(const sp_running *run, const sp_capabilities *capabilities, const sp_way *way)
{
    for (uint32_t i = sp_capabilities__next(capabilities, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(capabilities, i + 1))
        sp_contents__add(run->facts, run->contents, i, way);
}

/* ---- installing ---- */

/* Managers of systems: what they install without our knowing the name may be anything. */
static bool is_system_manager(sp_str manager)
{
    static const char *const names[] = {"apt", "apk", "dnf", "zypper", "pacman", "conda"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (sp_str_equal(manager, sp_str_from(names[i])))
            return true;
    }
    return false;
}

/* The name, or what stands in its place in the word. */
static sp_str name_or_text(const sp_package *package)
{
    return package->name.size > 0 ? package->name : package->word.text;
}

/* The name as far as it is known: "openjdk-?-jdk" may be enough to tell. */
static sp_str shape_of(const sp_package *package)
{
    return package->name.size > 0 ? package->name : package->word.shape;
}

static bool is_wholly_unknown(const sp_package *package)
{
    for (size_t i = 0; i < package->word.shape.size; i++) {
        if (package->word.shape.text[i] != '\0')
            return false;
    }
    return package->name.size == 0 && !package->word.known;
}

/* The words between the quotes of "… || echo 'gnupg dirmngr'": each may be installed. */
static void install_echoed(const sp_running *run, const sp_operation *operation, sp_way way, sp_str names)
{
    way.unknown = true;
    while (names.size > 0) {
        way.name = sp_str_take_word(&names);
        sp_package_capabilities brings = sp_package__capabilities(operation->manager, way.name);
        way.link = SP_LINK_OWN;
        sp_running__add(run, &brings.own, &way);
        way.link = SP_LINK_BROUGHT;
        sp_running__add(run, &brings.brought, &way);
    }
}

/* A word of which nothing is known, unless the script tells what kind of thing it must be. */
static void install_unknown(const sp_running *run, const sp_operation *operation, const sp_package *package, sp_way way)
{
    sp_str echoed = sp_listed__echoed(package->word.text);
    if (echoed.size > 0)
        install_echoed(run, operation, way, echoed);
    else if (is_system_manager(operation->manager) &&
             !sp_listed__is_of_libraries(run->script, operation->command, package->word.text))
        sp_contents__add_anything(run->facts, run->contents, &way);
}

/* What a package recommends and nobody installed for it: apt keeps that all the same when it removes what nobody
   needs (APT::AutoRemove::RecommendsImportant). */
static void note_wanted(const sp_running *run, sp_str name, const sp_capabilities *recommended)
{
    if (sp_capabilities__next(recommended, 0) == SP_CAPABILITY_COUNT)
        return;
    sp_wanted *wanted = sp_arena_new(run->facts->arena, sp_wanted);
    *wanted = (sp_wanted){run->contents->wanted, name, *recommended};
    run->contents->wanted = wanted;
}

static void install(const sp_running *run, const sp_operation *operation, const sp_package *package)
{
    const sp_command *command = &run->script->commands[operation->command];
    sp_way way = sp_running__way(run, SP_WAY_PACKAGE, operation->certain, package->word.span);
    way.name = name_or_text(package);
    way.manager = operation->manager;
    way.branch = command->branch;
    if (is_wholly_unknown(package)) {
        way.unknown = true;
        install_unknown(run, operation, package, way);
        return;
    }
    if (!sp_str_equal(package->source, SP_STR("index")) && package->name.size == 0)
        return;
    sp_package_capabilities brings = sp_package__capabilities(operation->manager, shape_of(package));
    sp_running__add(run, &brings.own, &way);
    way.link = SP_LINK_BROUGHT;
    sp_running__add(run, &brings.brought, &way);
    way.link = SP_LINK_RECOMMENDED;
    if (operation->recommends && !run->contents->no_recommends)
        sp_running__add(run, &brings.recommended, &way);
    else
        note_wanted(run, way.name, &brings.recommended);
}

/* ---- removing ---- */

typedef struct removing {
    sp_str manager, name;
    bool certain, automatic; /* automatic: what nothing needs any more goes too */
    uint32_t instruction, branch;
    bool leaves; /* the manager leaves dependencies otherwise */
    sp_package_capabilities brings;
    sp_capabilities wanted; /* what packages that stay recommend */
} removing;

/* Packages that others recommend by name. */
static bool is_recommended_itself(sp_str name)
{
    static const char *const names[] = {"gcc", "make", "perl", "python3"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (sp_str_is(name, names[i]))
            return true;
    }
    return false;
}

/* apt-get purge 'gcc*': whatever has such a name, with all that it brought. */
static bool is_pattern(sp_str name)
{
    return sp_str_find(name, '*') < name.size;
}

static bool is_meant(const sp_way *way, const removing *removal)
{
    if (is_pattern(removal->name))
        return sp_glob_matches(removal->name, way->name);
    return sp_str_equal(way->name, removal->name);
}

/* build-essential, which dpkg-dev recommends, goes with g++; the C compiler is recommended beside it. */
static bool is_recommended(sp_str name, uint32_t capability)
{
    if (sp_str_is(name, "g++"))
        return capability == SP_CAPABILITY_CXX_COMPILER;
    return capability < SP_CAPABILITY_COUNT && is_recommended_itself(name);
}

/* What recommends a package stays without it: so goes what it recommended, when that is what is removed. */
static sp_fate judge_other(const sp_way *way, uint32_t capability, const removing *removal)
{
    bool recommended = way->link == SP_LINK_RECOMMENDED && is_recommended(removal->name, capability);
    bool goes = recommended && (sp_capabilities__has(&removal->brings.own, capability) ||
                                (removal->automatic && sp_capabilities__has(&removal->brings.brought, capability)));
    return goes && removal->certain ? SP_FATE_DROP : SP_FATE_KEEP;
}

static sp_fate judge_removal(const sp_way *way, uint32_t capability, const void *payload)
{
    const removing *removal = payload;
    if (way->kind != SP_WAY_PACKAGE || !sp_package__same_family(way->manager, removal->manager))
        return SP_FATE_KEEP;
    if (!is_meant(way, removal))
        return judge_other(way, capability, removal);
    bool together = way->instruction == removal->instruction && way->branch == removal->branch;
    if (!removal->certain && (!together || removal->branch == SP_NO_BRANCH))
        return SP_FATE_DOUBT;
    if (way->link == SP_LINK_BROUGHT && removal->automatic && sp_capabilities__has(&removal->wanted, capability) &&
        !is_recommended(removal->name, capability))
        return SP_FATE_KEEP;
    bool stays = removal->leaves && !removal->automatic && way->link != SP_LINK_OWN && !is_pattern(removal->name);
    return stays ? SP_FATE_LEAVE : SP_FATE_DROP;
}

/* What the image has by a package of that name. What that package had brought may be there for another one too. */
static void remove_from_image(const sp_running *run, const removing *removal)
{
    sp_facts_contents *contents = run->contents;
    sp_capabilities__join(removal->certain ? &contents->gone : &contents->doubtful, &removal->brings.own);
    if (removal->leaves && removal->automatic)
        sp_capabilities__join(&contents->doubtful, &removal->brings.brought);
}

static bool is_automatic(const sp_command *command)
{
    return sp_command__has(command, "--auto-remove") || sp_command__has(command, "--autoremove") ||
           sp_command__has(command, "autoremove") || sp_command__has(command, "auto-remove") ||
           sp_command__has(command, "autopurge");
}

/* Everything that a removal may concern: of a pattern, anything. */
static sp_capabilities concerned_by(const removing *removal)
{
    sp_capabilities concerned = removal->brings.own;
    sp_capabilities__join(&concerned, &removal->brings.brought);
    sp_capabilities__join(&concerned, &removal->brings.recommended);
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT && is_pattern(removal->name); i++)
        sp_capabilities__add(&concerned, i);
    return concerned;
}

static void remove_named(const sp_running *run, const removing *removal, sp_span span)
{
    sp_capabilities concerned = concerned_by(removal);
    for (uint32_t i = sp_capabilities__next(&concerned, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(&concerned, i + 1))
        sp_contents__change(run->facts, run->contents, i, span, judge_removal, removal);
}

/* What cannot be without the package goes with it. */
static void remove_dependents(const sp_running *run, removing removal, sp_span span)
{
    sp_str names = sp_package__dependents(removal.manager, removal.name);
    while (names.size > 0) {
        removal.name = sp_str_take_word(&names);
        removal.brings = sp_package__capabilities(removal.manager, removal.name);
        remove_named(run, &removal, span);
    }
}

/* What only the build knows may be all that the manager installed. */
static sp_fate judge_unknown_removal(const sp_way *way, uint32_t capability, const void *payload)
{
    (void)capability;
    const sp_operation *operation = payload;
    bool same = way->kind == SP_WAY_PACKAGE && sp_str_equal(way->manager, operation->manager);
    return same ? SP_FATE_DOUBT : SP_FATE_KEEP;
}

static void remove_unknown(const sp_running *run, const sp_operation *operation)
{
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT; i++)
        sp_contents__change(run->facts, run->contents, i, operation->span, judge_unknown_removal, operation);
}

/* As many packages as these are asked what they recommend; a usual script has one or two. */
enum { MOST_WANTED = 64 };

static bool removes(const sp_operation *operation, sp_str name)
{
    for (uint32_t i = 0; i < operation->package_count; i++) {
        sp_str removed = name_or_text(&operation->packages[i]);
        if (is_pattern(removed) ? sp_glob_matches(removed, name) : sp_str_equal(removed, name))
            return true;
    }
    return false;
}

/* Those that still want something when the operation is over. */
static const sp_wanted *wanted_after(const sp_running *run, const sp_operation *operation)
{
    const sp_wanted *kept = NULL;
    uint32_t count = 0;
    for (const sp_wanted *one = run->contents->wanted; one != NULL && count < MOST_WANTED; one = one->older, count++) {
        if (removes(operation, one->name))
            continue;
        sp_wanted *copy = sp_arena_new(run->facts->arena, sp_wanted);
        *copy = (sp_wanted){kept, one->name, one->capabilities};
        kept = copy;
    }
    return kept;
}

static void remove_package(const sp_running *run, const sp_operation *operation, removing removal,
                           const sp_package *package)
{
    if (is_wholly_unknown(package))
        remove_unknown(run, operation);
    removal.name = name_or_text(package);
    removal.brings = sp_package__capabilities(operation->manager, shape_of(package));
    remove_named(run, &removal, operation->span);
    sp_contents__change_anything(run->facts, run->contents, judge_removal, &removal);
    remove_from_image(run, &removal);
    remove_dependents(run, removal, operation->span);
}

static void remove_packages(const sp_running *run, const sp_operation *operation)
{
    const sp_command *command = &run->script->commands[operation->command];
    bool of_apt = sp_package__same_family(operation->manager, SP_STR("apt"));
    const sp_wanted *wanted = of_apt ? wanted_after(run, operation) : run->contents->wanted;
    removing removal = {.manager = operation->manager,
                        .certain = operation->certain,
                        .automatic = is_automatic(command),
                        .instruction = run->instruction,
                        .branch = command->branch,
                        .leaves = sp_package__leaves_dependencies(operation->manager)};
    if (!sp_command__has(command, "APT::AutoRemove::RecommendsImportant=false")) {
        for (const sp_wanted *one = wanted; of_apt && one != NULL; one = one->older)
            sp_capabilities__join(&removal.wanted, &one->capabilities);
    }
    for (uint32_t i = 0; i < operation->package_count; i++)
        remove_package(run, operation, removal, &operation->packages[i]);
    if (operation->certain)
        run->contents->wanted = wanted;
}

static sp_fate judge_left(const sp_way *way, uint32_t capability, const void *payload)
{
    (void)capability;
    const bool *certain = payload;
    return !way->left ? SP_FATE_KEEP : *certain ? SP_FATE_DROP : SP_FATE_DOUBT;
}

/* autoremove: what removed packages had brought goes now. */
static void remove_left(const sp_running *run, bool certain)
{
    sp_capabilities left = run->contents->left;
    for (uint32_t i = sp_capabilities__next(&left, 0); i < SP_CAPABILITY_COUNT; i = sp_capabilities__next(&left, i + 1))
        sp_contents__change(run->facts, run->contents, i, (sp_span){0, 0}, judge_left, &certain);
}

/* ---- apt-mark ---- */

typedef struct marking {
    const sp_command *command;
    uint32_t instruction;
    sp_fate fate;
} marking;

/* apt-mark auto '.*' is said before what the image had is marked manual again: it means what this RUN installed. */
static sp_fate judge_mark(const sp_way *way, uint32_t capability, const void *payload)
{
    (void)capability;
    const marking *mark = payload;
    if (way->kind != SP_WAY_PACKAGE || !sp_str_equal(way->manager, SP_STR("apt")))
        return SP_FATE_KEEP;
    if (way->instruction == mark->instruction && sp_command__has(mark->command, ".*"))
        return mark->fate;
    for (uint32_t i = 1; i < mark->command->word_count; i++) {
        if (sp_str_equal(mark->command->words[i].value.shape, way->name))
            return mark->fate;
    }
    return SP_FATE_KEEP;
}

/* apt-mark = "apt-mark" ("auto" | "manual") {package | ".*"} */
static void read_mark(const sp_running *run, const sp_command *command)
{
    bool automatic = sp_command__has(command, "auto");
    if (!command->certain || (!automatic && !sp_command__has(command, "manual")))
        return;
    marking mark = {
        .command = command, .instruction = run->instruction, .fate = automatic ? SP_FATE_LEAVE : SP_FATE_HOLD};
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT; i++)
        sp_contents__change(run->facts, run->contents, i, command->span, judge_mark, &mark);
}

/* ---- what needs no package manager ---- */

static void read_program(const sp_running *run, const sp_command *command)
{
    sp_str verb = command->word_count > 1 ? command->words[1].value.shape : SP_STR("");
    sp_capabilities brings = sp_download__by_program(command->name, verb);
    sp_way way = sp_running__way(run, SP_WAY_DOWNLOAD, command->certain, command->span);
    way.assumed = true;
    way.name = command->name;
    sp_running__add(run, &brings, &way);
}

typedef struct deletion {
    sp_facts *facts;
    sp_str path;
    bool certain;
} deletion;

static sp_fate judge_deletion(const sp_way *way, uint32_t capability, const void *payload)
{
    const deletion *deleted = payload;
    sp_str place = sp_way__place(deleted->facts, way);
    bool placed = place.size > 0;
    if (!placed && (way->kind == SP_WAY_PACKAGE || !sp_capability__lies_in(capability, deleted->path)))
        return SP_FATE_KEEP;
    if (placed && sp_place__is_taken(place, deleted->path) != SP_YES)
        return SP_FATE_KEEP;
    return deleted->certain ? SP_FATE_DROP : SP_FATE_DOUBT;
}

/* rm of the place where something lies. */
static void delete_path(const sp_running *run, const sp_command *command, sp_str path)
{
    if (sp_str_starts(path, SP_STR("/var/")) || sp_str_starts(path, SP_STR("/tmp/")))
        return;
    deletion deleted = {.facts = run->facts, .path = path, .certain = command->certain};
    sp_facts_contents *contents = run->contents;
    for (uint32_t i = 0; i < SP_CAPABILITY_COUNT; i++) {
        bool usual = sp_capability__places(i).size > 0 && sp_capability__lies_in(i, path);
        if (usual || sp_capabilities__has(&contents->placed, i))
            sp_contents__change(run->facts, contents, i, command->span, judge_deletion, &deleted);
        if (usual)
            sp_capabilities__add(command->certain ? &contents->gone : &contents->doubtful, i);
    }
}

static void read_deletion(const sp_running *run, const sp_command *command)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        if (word->known && sp_str_starts(word->value, SP_STR("/")))
            delete_path(run, command, sp_path_clean(run->facts->arena, word->value));
    }
}

/* echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/… */
static void read_setting(const sp_running *run, const sp_command *command)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        size_t at = sp_str_search(word, SP_STR("Install-Recommends"));
        sp_str rest = at == SIZE_MAX ? SP_STR("") : sp_str_skip(word, at);
        if (sp_str_search(rest, SP_STR("0")) != SIZE_MAX || sp_str_search(rest, SP_STR("false")) != SIZE_MAX)
            run->contents->no_recommends = true;
    }
}

static const struct {
    const char *name;
    void (*read)(const sp_running *run, const sp_command *command);
} programs[] = {
    {"curl", sp_running__download}, {"wget", sp_running__download}, {"aria2c", sp_running__download},
    {"tar", sp_running__unpack},    {"bsdtar", sp_running__unpack}, {"rm", read_deletion},
    {"apt-mark", read_mark},        {"echo", read_setting},         {"printf", read_setting},
};

static void read_command(const sp_running *run, const sp_command *command)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        if (sp_str_equal(command->name, sp_str_from(programs[i].name))) {
            programs[i].read(run, command);
            return;
        }
    }
    read_program(run, command);
    sp_running__script(run, command);
}

static void read_operation(const sp_running *run, const sp_operation *operation)
{
    if (operation->action == SP_REMOVE) {
        remove_packages(run, operation);
        if (is_automatic(&run->script->commands[operation->command]))
            remove_left(run, operation->certain);
    }
    for (uint32_t i = 0; operation->action == SP_INSTALL && i < operation->package_count; i++)
        install(run, operation, &operation->packages[i]);
}

/* What is not read of a shell of Windows is looked through for what we know; any other may do anything. */
static void read_unread(const sp_running *run)
{
    static const char *const windows[] = {"cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh", "pwsh.exe"};
    const sp_graph_instruction *executed = &run->facts->graph->instructions[run->instruction];
    uint32_t shell = executed->before->shell;
    sp_running__mention(run);
    if (shell == SP_NONE || executed->instruction->form == SP_FORM_HEREDOC)
        return;
    const sp_words *words = &run->facts->graph->instructions[shell].instruction->arguments;
    sp_str name = words->count > 0 ? sp_path_program(words->items[0].text) : SP_STR("");
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        if (sp_str_equal_nocase(name, sp_str_from(windows[i])))
            return;
    }
    sp_way way = sp_running__way(run, SP_WAY_SCRIPT, false, executed->instruction->span);
    way.name = name;
    sp_contents__add_anything(run->facts, run->contents, &way);
}

/* Commands and the operations among them, in the order of the script. */
void sp_contents__run(sp_facts *facts, sp_facts_contents *contents, uint32_t instruction)
{
    sp_running run = {.facts = facts,
                      .contents = contents,
                      .instruction = instruction,
                      .stage = facts->graph->instructions[instruction].stage,
                      .script = sp_facts_script(facts, instruction)};
    uint32_t count = 0, next = 0;
    const sp_operation *operations = sp_facts_operations(facts, instruction, &count);
    if (run.script != NULL && !run.script->known)
        read_unread(&run);
    for (uint32_t i = 0; run.script != NULL && i < run.script->command_count; i++) {
        if (next < count && operations[next].command == i)
            read_operation(&run, &operations[next++]);
        else
            read_command(&run, &run.script->commands[i]);
    }
}
