/* Reads what a command tells a package manager: its verb, options and packages, by the rows of tool.def. */
#include "facts/tool.h"

/* Properties of a verb, as tool.def explains them. */
enum { NONE = 0, NAMES = 1, MANIFEST = 2, BARE = 4 };

typedef enum grammar_id {
#define SP_GRAMMAR(ID, spelling, letters, names, manifests) GRAMMAR_##ID,
#include "facts/tool.def"
} grammar_id;

typedef struct grammar {
    sp_spelling spelling;
    const char *letters, *names, *manifests;
} grammar;

static const grammar grammars[] = {
#define SP_GRAMMAR(ID, spelling, letters, names, manifests) {SP_SPELLED_##spelling, letters, names, manifests},
#include "facts/tool.def"
};

typedef struct verb {
    grammar_id grammar;
    const char *words;
    sp_action action;
    unsigned properties;
} verb;

static const verb verbs[] = {
#define SP_VERB(ID, words, action, properties) {GRAMMAR_##ID, words, SP_##action, properties},
#include "facts/tool.def"
};

typedef struct tool {
    const char *name, *prefix, *manager;
    grammar_id grammar;
} tool;

static const tool tools[] = {
#define SP_TOOL(command, prefix, manager, ID) {command, prefix, manager, GRAMMAR_##ID},
#include "facts/tool.def"
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static sp_str word_at(const sp_command *command, uint32_t index)
{
    return index < command->word_count ? command->words[index].value.shape : (sp_str){"", 0};
}

/* The pattern's * stands for digits and dots. */
static bool is_called(sp_str name, const char *pattern)
{
    size_t i = 0;
    while (i < name.size && pattern[i] != '\0' && pattern[i] != '*' && name.text[i] == pattern[i])
        i++;
    if (pattern[i] != '*')
        return i == name.size && pattern[i] == '\0';
    while (i < name.size && (name.text[i] == '.' || (name.text[i] >= '0' && name.text[i] <= '9')))
        i++;
    return i == name.size;
}

/* The tool, and in *next the word after its prefix. */
static const tool *find_tool(const sp_command *command, uint32_t *next)
{
    for (size_t i = 0; i < COUNT(tools); i++) {
        if (!is_called(command->name, tools[i].name))
            continue;
        sp_str prefix = sp_str_from(tools[i].prefix);
        *next = 1;
        while (prefix.size > 0) {
            size_t end = sp_str_find(prefix, ' ');
            if (!sp_str_equal(word_at(command, *next), sp_str_head(prefix, end)))
                break;
            prefix = sp_str_skip(prefix, end + 1);
            ++*next;
        }
        if (prefix.size == 0)
            return &tools[i];
    }
    return NULL;
}

static bool is_listed(const char *list, sp_str word)
{
    if (list[0] == '\0' || list[1] == '\0')
        return false;
    sp_str text = sp_str_from(list);
    for (size_t at = 0; at + word.size + 2 <= text.size; at++) {
        size_t next = sp_str_search(sp_str_skip(text, at), word);
        if (next == SIZE_MAX)
            return false;
        at += next;
        if (at > 0 && text.text[at - 1] == ' ' && text.text[at + word.size] == ' ')
            return true;
    }
    return false;
}

static bool is_option(sp_str word)
{
    return word.size > 1 && word.text[0] == '-';
}

/* The option without its value, "--name" or "-n", and whether the value is the next word. */
static sp_str split_option(const grammar *manager, sp_str word, bool *takes_next)
{
    *takes_next = false;
    if (is_listed(manager->names, word)) {
        *takes_next = true;
        return word;
    }
    if (sp_str_starts(word, SP_STR("--")))
        return sp_str_head(word, sp_str_find(word, '='));
    for (size_t i = 1; i < word.size; i++) {
        if (word.text[i] != '\0' && strchr(manager->letters, word.text[i]) != NULL) {
            *takes_next = i + 1 == word.size;
            return i == 1 ? sp_str_head(word, 2) : sp_str_skip(word, i);
        }
    }
    return word;
}

/* Whether an option of the manager makes it read a list of packages. */
static bool is_manifest_option(const grammar *manager, sp_str option)
{
    if (option.size == 1) { /* a letter inside a cluster */
        char spelled[] = {'-', option.text[0]};
        return is_listed(manager->manifests, (sp_str){spelled, 2});
    }
    return is_listed(manager->manifests, option);
}

/* The number of a verb's words that are these; 0 when they are others. */
static uint32_t count_said(const verb *row, sp_str first, sp_str second)
{
    sp_str words = sp_str_from(row->words);
    size_t blank = sp_str_find(words, ' ');
    if (!sp_str_equal(first, sp_str_head(words, blank)))
        return 0;
    if (blank == words.size)
        return 1;
    return sp_str_equal(second, sp_str_skip(words, blank + 1)) ? 2 : 0;
}

/* verb = word [word]: the row, and in *at the word it begins with and *next the one after it */
static const verb *find_verb(grammar_id id, const sp_command *command, uint32_t *at, uint32_t *next)
{
    const grammar *manager = &grammars[id];
    bool takes_next = false, asks_version = false;
    for (; *at < command->word_count && is_option(word_at(command, *at)); *at += 1 + takes_next) {
        sp_str option = split_option(manager, word_at(command, *at), &takes_next);
        asks_version = asks_version || sp_str_equal(option, SP_STR("--version")) ||
                       sp_str_equal(option, SP_STR("-v")) || sp_str_equal(option, SP_STR("--help")) ||
                       sp_str_equal(option, SP_STR("-h"));
    }
    sp_str first = word_at(command, *at), second = word_at(command, *at + 1);
    bool nothing = *at >= command->word_count && !asks_version;
    for (size_t i = 0; i < COUNT(verbs); i++) {
        const verb *row = &verbs[i];
        bool bare = row->words[0] == '\0';
        uint32_t said = bare ? 0 : count_said(row, first, second);
        if (row->grammar != id || (bare ? !nothing : said == 0))
            continue;
        *next = *at + said;
        return row;
    }
    return NULL;
}

typedef SP_LIST(sp_package) packages;

/* pip install . and its like install what the folder lists. */
static bool is_folder(const sp_package *package)
{
    sp_str path = package->word.shape;
    size_t extras = sp_str_find(path, '[');
    path = sp_str_head(path, extras);
    static const char *const ends[] = {".whl", ".gz", ".zip", ".tgz", ".bz2", ".xz", ".tar", "*", ".deb", ".rpm"};
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (sp_str_ends(path, sp_str_from(ends[i])))
            return false;
    }
    return sp_str_equal(package->source, SP_STR("file"));
}

static void add_package(sp_arena *arena, const grammar *manager, const sp_value *word, packages *out,
                        sp_operation *operation)
{
    sp_package package = sp_package__read(word, manager->spelling);
    bool lists = manager->spelling == SP_SPELLED_PIP || manager->spelling == SP_SPELLED_NPM;
    operation->manifest = operation->manifest || (lists && is_folder(&package));
    *sp_list_add(arena, out) = package;
}

/* A part of a word, as a value of its own. */
static sp_value value_after(const sp_value *word, size_t skipped)
{
    sp_value value = *word;
    value.shape = sp_str_skip(word->shape, skipped);
    if (word->known)
        value.value = value.shape;
    return value;
}

/* {option [value] | package}; pip's -e takes a package as its value */
static void read_arguments(sp_arena *arena, const grammar *manager, const verb *row, const sp_command *command,
                           uint32_t next, sp_told *out)
{
    packages found = {0};
    bool takes_next = false;
    for (uint32_t i = next; i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        if (!is_option(word->shape)) {
            if (word->shape.size > 0 && (row->properties & NAMES) != 0)
                add_package(arena, manager, word, &found, &out->operation);
            continue;
        }
        sp_str option = split_option(manager, word->shape, &takes_next);
        out->operation.manifest = out->operation.manifest || is_manifest_option(manager, option);
        i += takes_next;
        bool editable = manager->spelling == SP_SPELLED_PIP &&
                        (sp_str_equal(option, SP_STR("-e")) || sp_str_equal(option, SP_STR("--editable")));
        if (!editable)
            continue;
        if (takes_next && i < command->word_count) {
            add_package(arena, manager, &command->words[i].value, &found, &out->operation);
        } else if (!takes_next && word->shape.size > option.size) {
            sp_value value = value_after(word, option.size + (word->shape.text[option.size] == '='));
            add_package(arena, manager, &value, &found, &out->operation);
        }
    }
    out->operation.packages = found.items;
    out->operation.package_count = found.count;
}

/* xargs adds arguments that nobody sees. */
static bool is_fed_by_xargs(const sp_script *script, uint32_t index)
{
    const sp_shell_word *end = script->commands[index].words + script->commands[index].word_count;
    for (uint32_t i = index; i > 0; i--) {
        const sp_command *outer = &script->commands[i - 1];
        if (outer->word_count == 0 || outer->words + outer->word_count != end)
            return false;
        if (sp_str_equal(outer->name, SP_STR("xargs")))
            return true;
    }
    return false;
}

static void add_unseen(sp_arena *arena, const sp_command *command, sp_operation *operation)
{
    sp_package *all = sp_arena_zeroed(arena, (operation->package_count + 1) * sizeof *all);
    if (operation->package_count > 0)
        memcpy(all, operation->packages, operation->package_count * sizeof *all);
    all[operation->package_count] =
        (sp_package){.name = {"", 0}, .version = {"", 0}, .source = SP_STR("index"), .word = command->words[0].value};
    all[operation->package_count].word.text = SP_STR("xargs");
    all[operation->package_count].word.known = false;
    all[operation->package_count].word.shape = (sp_str){"\0", 1};
    operation->packages = all;
    operation->package_count++;
}

/* apt: recommended packages come along unless told otherwise */
static bool takes_recommended(const sp_command *command)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = word_at(command, i);
        size_t at = sp_str_search(word, SP_STR("Install-Recommends="));
        sp_str value = at == SIZE_MAX ? (sp_str){"", 0} : sp_str_skip(word, at + sizeof "Install-Recommends=" - 1);
        value = sp_str_skip(value, value.size > 1 && value.text[0] == '"');
        bool off = value.size > 0 && value.text[0] != '\0' && strchr("0fFnN", value.text[0]) != NULL;
        if (off || sp_str_equal(word, SP_STR("--no-install-recommends")))
            return false;
    }
    return true;
}

/* pacman = "pacman" "-" operation {letter} {package} */
static bool read_pacman(sp_arena *arena, const sp_command *command, sp_told *out)
{
    packages found = {0};
    sp_str flags = {"", 0};
    for (uint32_t i = 1; i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        bool is_long = sp_str_starts(word->shape, SP_STR("--"));
        if (!is_option(word->shape)) {
            *sp_list_add(arena, &found) = sp_package__read(word, SP_SPELLED_PLAIN);
        } else if (!is_long && flags.size == 0 && strchr("SRU", word->shape.text[1]) != NULL) {
            flags = word->shape;
            out->operation.span = word->span;
        }
    }
    if (flags.size == 0)
        return false;
    bool upgrades = sp_str_find(flags, 'u') < flags.size, cleans = sp_str_find(flags, 'c') < flags.size;
    bool installs = flags.text[1] != 'R' && found.count > 0;
    out->operation.manager = SP_STR("pacman");
    out->operation.packages = found.items;
    out->operation.package_count = found.count;
    out->operation.action = flags.text[1] == 'R' ? SP_REMOVE
                            : installs           ? SP_INSTALL
                            : cleans             ? SP_CLEAN
                            : upgrades           ? SP_UPGRADE
                                                 : SP_UPDATE;
    return true;
}

/* What dpkg and rpm are told by an option: its first letter, or its long form. */
static const struct {
    const char *name, *option;
    sp_action action;
} by_option[] = {
    {"dpkg", "-i", SP_INSTALL},       {"dpkg", "--install", SP_INSTALL}, {"dpkg", "-r", SP_REMOVE},
    {"dpkg", "--remove", SP_REMOVE},  {"dpkg", "-P", SP_REMOVE},         {"dpkg", "--purge", SP_REMOVE},
    {"rpm", "-i", SP_INSTALL},        {"rpm", "-U", SP_INSTALL},         {"rpm", "-F", SP_INSTALL},
    {"rpm", "--install", SP_INSTALL}, {"rpm", "--upgrade", SP_INSTALL},  {"rpm", "-e", SP_REMOVE},
    {"rpm", "--erase", SP_REMOVE},
};

/* The action of an option; false for one that is none. */
static bool is_action(const sp_command *command, sp_str word, sp_action *out)
{
    bool is_long = sp_str_starts(word, SP_STR("--"));
    for (size_t i = 0; i < COUNT(by_option); i++) {
        sp_str option = sp_str_from(by_option[i].option);
        bool same = is_long ? sp_str_equal(word, option) : option.size == 2 && sp_str_starts(word, option);
        if (!same || !sp_str_is(command->name, by_option[i].name))
            continue;
        *out = by_option[i].action;
        return true;
    }
    return false;
}

/* installer = ("dpkg" | "rpm") {option} action {option | package}; the packages that are installed are files */
static bool read_installer(sp_arena *arena, const sp_command *command, sp_told *out)
{
    packages found = {0};
    bool acts = false;
    for (uint32_t i = 1; i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        if (!is_option(word->shape))
            *sp_list_add(arena, &found) =
                sp_package__read(word, sp_str_is(command->name, "rpm") ? SP_SPELLED_RPM : SP_SPELLED_APT);
        else if (!acts && is_action(command, word->shape, &out->operation.action)) {
            acts = true;
            out->operation.span = word->span;
        }
    }
    out->operation.manager = command->name;
    out->operation.packages = found.items;
    out->operation.package_count = found.count;
    return acts && found.count > 0;
}

/* sdk = "sdk" verb candidate [version]: the version is no package */
static void join_version(sp_arena *arena, sp_operation *operation)
{
    if (operation->package_count < 2)
        return;
    sp_package *one = sp_arena_new(arena, sp_package);
    *one = operation->packages[0];
    one->version = operation->packages[1].name;
    one->word.known = one->word.known && operation->packages[1].word.known;
    operation->packages = one;
    operation->package_count = 1;
}

/* gem install x -v 1.2, cargo install x --version 1.2.3: of a package that says none itself */
static void give_version(sp_arena *arena, const sp_command *command, const char *letter, sp_operation *operation)
{
    const sp_value *version = sp_command__option(arena, command, sp_str_from(letter), SP_STR("--version"));
    if (version == NULL || operation->package_count != 1 || operation->packages[0].version.size > 0)
        return;
    sp_package *one = sp_arena_new(arena, sp_package);
    *one = operation->packages[0];
    one->version = version->known ? version->value : SP_STR("");
    one->word.known = one->word.known && version->known;
    operation->packages = one;
}

/* What only one manager has. */
static void read_specialities(sp_arena *arena, const tool *used, const sp_command *command, sp_told *out)
{
    if (used->grammar == GRAMMAR_SDKMAN)
        join_version(arena, &out->operation);
    if (used->grammar == GRAMMAR_GEM || used->grammar == GRAMMAR_CARGO)
        give_version(arena, command, used->grammar == GRAMMAR_GEM ? "v" : "", &out->operation);
    if (used->grammar == GRAMMAR_APT && out->operation.action == SP_INSTALL)
        out->operation.recommends = takes_recommended(command);
    if (used->grammar != GRAMMAR_APK)
        return;
    const sp_value *group = sp_command__option(arena, command, SP_STR("t"), SP_STR("--virtual"));
    if (group != NULL && group->known)
        out->group = group->value;
}

bool sp_tool__read(sp_arena *arena, const sp_script *script, uint32_t index, sp_told *out)
{
    const sp_command *command = &script->commands[index];
    uint32_t at = 1, next = 1;
    *out = (sp_told){.operation = {.command = index, .certain = command->certain, .span = command->span}};
    if (command->name.size == 0)
        return false;
    if (sp_str_is(command->name, "pacman"))
        return read_pacman(arena, command, out);
    if (sp_str_is(command->name, "dpkg") || sp_str_is(command->name, "rpm"))
        return read_installer(arena, command, out);
    const tool *used = find_tool(command, &at);
    const verb *row = used != NULL ? find_verb(used->grammar, command, &at, &next) : NULL;
    if (row == NULL)
        return false;
    sp_operation *operation = &out->operation;
    operation->manager = sp_str_from(used->manager);
    operation->action = row->action;
    operation->manifest = (row->properties & MANIFEST) != 0;
    operation->span = command->words[at < command->word_count ? at : 0].value.span;
    read_arguments(arena, &grammars[used->grammar], row, command, next, out);
    if ((row->properties & NAMES) != 0 && is_fed_by_xargs(script, index))
        add_unseen(arena, command, operation);
    if ((row->properties & BARE) != 0 && operation->package_count == 0)
        operation->manifest = true;
    read_specialities(arena, used, command, out);
    return true;
}

const sp_value *sp_command__option(sp_arena *arena, const sp_command *command, sp_str letter, sp_str name)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        bool is_short = letter.size > 0 && word->shape.size >= 2 && word->shape.text[0] == '-' &&
                        word->shape.text[1] == letter.text[0];
        bool is_long = name.size > 0 && sp_str_starts(word->shape, name);
        size_t size = is_long ? name.size : 2;
        if (!is_short && !is_long)
            continue;
        if (word->shape.size == size)
            return i + 1 < command->word_count ? &command->words[i + 1].value : NULL;
        bool equals = word->shape.text[size] == '=';
        if (is_long && !equals)
            continue;
        sp_value *value = sp_arena_new(arena, sp_value);
        *value = value_after(word, size + equals);
        return value;
    }
    return NULL;
}

bool sp_command__has(const sp_command *command, const char *word)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        if (sp_str_is(word_at(command, i), word))
            return true;
    }
    return false;
}
