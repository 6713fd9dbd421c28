/* Package managers: how their command lines are read, one row a command and one row a verb. */
#include "facts/tool.h"

/* Properties of a verb. */
enum {
    NAMES = 1,    /* its arguments are packages */
    MANIFEST = 2, /* it works on what a file lists, */
    BARE = 4      /* or does so when no package is named */
};

typedef struct verb {
    const char *words; /* one or two, "" for none at all */
    sp_action action;
    unsigned properties;
} verb;

/* The command line of one manager. Lists of options begin and end with a blank. */
typedef struct grammar {
    sp_spelling spelling;
    const char *letters;   /* short options with a separate value */
    const char *names;     /* other options with a separate value */
    const char *manifests; /* options whose value is a file that lists packages */
    const verb *verbs;     /* ends with words NULL */
} grammar;

/* clang-format off */
static const verb apt_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"reinstall", SP_INSTALL, NAMES}, {"build-dep", SP_INSTALL, MANIFEST},
    {"remove", SP_REMOVE, NAMES}, {"purge", SP_REMOVE, NAMES}, {"autoremove", SP_REMOVE, NAMES},
    {"auto-remove", SP_REMOVE, NAMES}, {"autopurge", SP_REMOVE, NAMES},
    {"update", SP_UPDATE, 0}, {"upgrade", SP_UPGRADE, 0}, {"dist-upgrade", SP_UPGRADE, 0},
    {"full-upgrade", SP_UPGRADE, 0}, {"safe-upgrade", SP_UPGRADE, 0},
    {"clean", SP_CLEAN, 0}, {"autoclean", SP_CLEAN, 0}, {"distclean", SP_CLEAN, 0},
    {"download", SP_DOWNLOAD, NAMES}, {"source", SP_DOWNLOAD, NAMES}, {0}};
static const verb apk_verbs[] = {
    {"add", SP_INSTALL, NAMES}, {"del", SP_REMOVE, NAMES}, {"update", SP_UPDATE, 0}, {"upgrade", SP_UPGRADE, NAMES},
    {"fix", SP_INSTALL, NAMES}, {"cache clean", SP_CLEAN, 0}, {"fetch", SP_DOWNLOAD, NAMES}, {0}};
static const verb dnf_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"reinstall", SP_INSTALL, NAMES}, {"localinstall", SP_INSTALL, NAMES},
    {"groupinstall", SP_INSTALL, NAMES}, {"group install", SP_INSTALL, NAMES}, {"module install", SP_INSTALL, NAMES},
    {"builddep", SP_INSTALL, MANIFEST}, {"build-dep", SP_INSTALL, MANIFEST}, {"in", SP_INSTALL, NAMES},
    {"remove", SP_REMOVE, NAMES}, {"erase", SP_REMOVE, NAMES}, {"autoremove", SP_REMOVE, NAMES},
    {"makecache", SP_UPDATE, 0}, {"check-update", SP_UPDATE, 0},
    {"update", SP_UPGRADE, NAMES}, {"upgrade", SP_UPGRADE, NAMES}, {"distro-sync", SP_UPGRADE, NAMES},
    {"clean", SP_CLEAN, 0}, {"download", SP_DOWNLOAD, NAMES}, {0}};
static const verb zypper_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"in", SP_INSTALL, NAMES}, {"source-install", SP_INSTALL, MANIFEST},
    {"remove", SP_REMOVE, NAMES}, {"rm", SP_REMOVE, NAMES}, {"refresh", SP_UPDATE, 0}, {"ref", SP_UPDATE, 0},
    {"update", SP_UPGRADE, NAMES}, {"up", SP_UPGRADE, NAMES}, {"patch", SP_UPGRADE, 0},
    {"dist-upgrade", SP_UPGRADE, 0}, {"dup", SP_UPGRADE, 0}, {"clean", SP_CLEAN, 0}, {"cc", SP_CLEAN, 0},
    {"download", SP_DOWNLOAD, NAMES}, {0}};
static const verb pip_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"sync", SP_INSTALL, MANIFEST}, {"uninstall", SP_REMOVE, NAMES},
    {"cache purge", SP_CLEAN, 0}, {"cache remove", SP_CLEAN, 0},
    {"download", SP_DOWNLOAD, NAMES}, {"wheel", SP_DOWNLOAD, NAMES}, {0}};
static const verb setup_verbs[] = {{"install", SP_INSTALL, MANIFEST}, {"develop", SP_INSTALL, MANIFEST}, {0}};
static const verb uv_verbs[] = {
    {"sync", SP_INSTALL, MANIFEST}, {"add", SP_INSTALL, NAMES}, {"tool install", SP_INSTALL, NAMES},
    {"remove", SP_REMOVE, NAMES}, {"cache clean", SP_CLEAN, 0}, {"cache prune", SP_CLEAN, 0}, {0}};
static const verb pipx_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"uninstall", SP_REMOVE, NAMES}, {"upgrade", SP_UPGRADE, NAMES}, {0}};
static const verb poetry_verbs[] = {
    {"install", SP_INSTALL, MANIFEST}, {"sync", SP_INSTALL, MANIFEST}, {"add", SP_INSTALL, NAMES},
    {"remove", SP_REMOVE, NAMES}, {"update", SP_UPGRADE, NAMES}, {"cache clear", SP_CLEAN, 0}, {0}};
static const verb pipenv_verbs[] = {
    {"install", SP_INSTALL, NAMES | BARE}, {"sync", SP_INSTALL, MANIFEST}, {"uninstall", SP_REMOVE, NAMES},
    {"update", SP_UPGRADE, NAMES}, {"clean", SP_CLEAN, 0}, {0}};
static const verb npm_verbs[] = {
    {"install", SP_INSTALL, NAMES | BARE}, {"i", SP_INSTALL, NAMES | BARE}, {"add", SP_INSTALL, NAMES | BARE},
    {"in", SP_INSTALL, NAMES | BARE}, {"ci", SP_INSTALL, MANIFEST}, {"clean-install", SP_INSTALL, MANIFEST},
    {"cit", SP_INSTALL, MANIFEST}, {"it", SP_INSTALL, MANIFEST}, {"install-test", SP_INSTALL, MANIFEST},
    {"uninstall", SP_REMOVE, NAMES}, {"un", SP_REMOVE, NAMES}, {"remove", SP_REMOVE, NAMES}, {"rm", SP_REMOVE, NAMES},
    {"update", SP_UPGRADE, NAMES}, {"up", SP_UPGRADE, NAMES}, {"upgrade", SP_UPGRADE, NAMES},
    {"cache clean", SP_CLEAN, 0}, {"pack", SP_DOWNLOAD, NAMES}, {0}};
static const verb yarn_verbs[] = {
    {"", SP_INSTALL, MANIFEST}, {"install", SP_INSTALL, MANIFEST}, {"add", SP_INSTALL, NAMES},
    {"global add", SP_INSTALL, NAMES}, {"workspaces focus", SP_INSTALL, MANIFEST},
    {"remove", SP_REMOVE, NAMES}, {"upgrade", SP_UPGRADE, NAMES}, {"up", SP_UPGRADE, NAMES},
    {"cache clean", SP_CLEAN, 0}, {0}};
static const verb pnpm_verbs[] = {
    {"install", SP_INSTALL, NAMES | BARE}, {"i", SP_INSTALL, NAMES | BARE}, {"ci", SP_INSTALL, MANIFEST},
    {"add", SP_INSTALL, NAMES}, {"deploy", SP_INSTALL, MANIFEST},
    {"remove", SP_REMOVE, NAMES}, {"rm", SP_REMOVE, NAMES}, {"uninstall", SP_REMOVE, NAMES},
    {"update", SP_UPGRADE, NAMES}, {"up", SP_UPGRADE, NAMES}, {"store prune", SP_CLEAN, 0},
    {"fetch", SP_DOWNLOAD, MANIFEST}, {0}};
static const verb gem_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"i", SP_INSTALL, NAMES}, {"uninstall", SP_REMOVE, NAMES},
    {"update", SP_UPGRADE, NAMES}, {"cleanup", SP_CLEAN, 0}, {"fetch", SP_DOWNLOAD, NAMES}, {0}};
static const verb bundle_verbs[] = {
    {"", SP_INSTALL, MANIFEST}, {"install", SP_INSTALL, MANIFEST}, {"add", SP_INSTALL, NAMES},
    {"remove", SP_REMOVE, NAMES}, {"update", SP_UPGRADE, NAMES}, {"clean", SP_CLEAN, 0},
    {"package", SP_DOWNLOAD, MANIFEST}, {"cache", SP_DOWNLOAD, MANIFEST}, {0}};
static const verb cargo_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"uninstall", SP_REMOVE, NAMES}, {"binstall", SP_INSTALL, NAMES},
    {"fetch", SP_DOWNLOAD, MANIFEST}, {"vendor", SP_DOWNLOAD, MANIFEST}, {0}};
static const verb go_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"get", SP_INSTALL, NAMES | BARE}, {"mod download", SP_DOWNLOAD, MANIFEST},
    {"clean", SP_CLEAN, 0}, {0}};
static const verb conda_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"create", SP_INSTALL, NAMES}, {"env create", SP_INSTALL, MANIFEST},
    {"env update", SP_INSTALL, MANIFEST}, {"remove", SP_REMOVE, NAMES}, {"uninstall", SP_REMOVE, NAMES},
    {"update", SP_UPGRADE, NAMES}, {"upgrade", SP_UPGRADE, NAMES}, {"clean", SP_CLEAN, 0}, {0}};
static const verb brew_verbs[] = {
    {"install", SP_INSTALL, NAMES}, {"reinstall", SP_INSTALL, NAMES}, {"bundle", SP_INSTALL, MANIFEST},
    {"uninstall", SP_REMOVE, NAMES}, {"remove", SP_REMOVE, NAMES}, {"rm", SP_REMOVE, NAMES},
    {"update", SP_UPDATE, 0}, {"upgrade", SP_UPGRADE, NAMES}, {"cleanup", SP_CLEAN, 0}, {"fetch", SP_DOWNLOAD, NAMES},
    {0}};
static const verb composer_verbs[] = {
    {"install", SP_INSTALL, MANIFEST}, {"i", SP_INSTALL, MANIFEST}, {"require", SP_INSTALL, NAMES},
    {"global require", SP_INSTALL, NAMES}, {"create-project", SP_INSTALL, NAMES}, {"remove", SP_REMOVE, NAMES},
    {"update", SP_UPGRADE, NAMES}, {"clear-cache", SP_CLEAN, 0}, {"clearcache", SP_CLEAN, 0}, {0}};

static const grammar apt_grammar = {SP_SPELLED_APT, "oct", " --option --config-file --target-release "
    "--default-release --host-architecture ", " ", apt_verbs};
static const grammar apk_grammar = {SP_SPELLED_APK, "tXp", " --virtual --repository --root --keys-dir "
    "--repositories-file --arch --cache-dir --cache-max-age --wait ", " ", apk_verbs};
static const grammar dnf_grammar = {SP_SPELLED_RPM, "cxRed", " --enablerepo --disablerepo --repo --repoid --exclude "
    "--config --releasever --installroot --setopt --downloaddir --destdir --forcearch ", " ", dnf_verbs};
static const grammar zypper_grammar = {SP_SPELLED_RPM, "tRrCpD", " --type --root --repo --from --plus-repo "
    "--reposd-dir --cache-dir --installroot ", " ", zypper_verbs};
static const grammar pip_grammar = {SP_SPELLED_PIP, "rcetifCwdb", " --requirement --constraint --editable --target "
    "--prefix --root --src --index-url --extra-index-url --find-links --platform --python-version --implementation "
    "--abi --cache-dir --trusted-host --proxy --timeout --default-timeout --retries --progress-bar --no-binary "
    "--only-binary --install-option --global-option --build-option --config-settings --log --upgrade-strategy "
    "--use-feature --use-deprecated --python --report --root-user-action --wheel-dir --dest --cert --client-cert "
    "--exists-action --override --exclude-newer --link-mode --requirements --index --default-index ",
    " -r --requirement --requirements ", pip_verbs};
static const grammar setup_grammar = {SP_SPELLED_PLAIN, "", " --prefix --root ", " ", setup_verbs};
static const grammar uv_grammar = {SP_SPELLED_PIP, "p", " --python --with --extra --group --no-group --only-group "
    "--project --directory --package --no-extra --index --index-url --cache-dir --link-mode --no-install-package ",
    " -r --requirements ", uv_verbs};
static const grammar pipx_grammar = {SP_SPELLED_PIP, "i", " --python --pip-args --index-url --suffix ", " ",
    pipx_verbs};
static const grammar poetry_grammar = {SP_SPELLED_PIP, "ECPG", " --extras --with --without --only --directory "
    "--project --group --source --optional ", " ", poetry_verbs};
static const grammar pipenv_grammar = {SP_SPELLED_PIP, "reci", " --requirements --requirementstxt --python --index "
    "--categories --extra-pip-args ", " -r --requirements ", pipenv_verbs};
static const grammar npm_grammar = {SP_SPELLED_NPM, "Cw", " --prefix --registry --workspace --cache --loglevel --omit "
    "--include --only --userconfig --globalconfig --tag --fetch-timeout --fetch-retries --cwd ", " ", npm_verbs};
static const grammar yarn_grammar = {SP_SPELLED_NPM, "", " --cwd --registry --network-timeout --modules-folder "
    "--cache-folder --mutex --network-concurrency --global-folder --use-yarnrc --prefix --mode ", " ", yarn_verbs};
static const grammar pnpm_grammar = {SP_SPELLED_NPM, "CF", " --dir --filter --store-dir --registry --reporter "
    "--loglevel --network-concurrency --modules-dir --virtual-store-dir --child-concurrency ", " ", pnpm_verbs};
static const grammar gem_grammar = {SP_SPELLED_GEM, "vinsP", " --version --install-dir --bindir --source --platform "
    "--http-proxy ", " ", gem_verbs};
static const grammar bundle_grammar = {SP_SPELLED_GEM, "j", " --path --gemfile --jobs --retry --without --with "
    "--binstubs --version ", " ", bundle_verbs};
static const grammar cargo_grammar = {SP_SPELLED_NPM, "FjZ", " --version --vers --git --branch --tag --rev --path "
    "--root --registry --index --features --target --jobs --profile --bin --example --target-dir --config --color "
    "--manifest-path ", " --path ", cargo_verbs};
static const grammar go_grammar = {SP_SPELLED_GO, "", " -ldflags -tags -gcflags -asmflags -mod -modfile -p -C -o "
    "-toolexec -pkgdir ", " ", go_verbs};
static const grammar conda_grammar = {SP_SPELLED_PLAIN, "cnpf", " --channel --name --prefix --file --root-prefix "
    "--solver --category --platform ", " -f --file ", conda_verbs};
static const grammar brew_grammar = {SP_SPELLED_PLAIN, "", " --appdir --file ", " ", brew_verbs};
static const grammar composer_grammar = {SP_SPELLED_GEM, "d", " --working-dir --repository --stability ", " ",
    composer_verbs};

/* A command and the words that must follow its name before the manager's own begin. */
static const struct tool {
    const char *name;   /* a trailing * stands for a version: pip3.9 */
    const char *prefix; /* "" or words, each with a blank after it */
    const char *manager;
    const grammar *grammar;
} tools[] = {
    {"apt-get", "", "apt", &apt_grammar},         {"apt", "", "apt", &apt_grammar},
    {"aptitude", "", "apt", &apt_grammar},        {"apk", "", "apk", &apk_grammar},
    {"dnf", "", "dnf", &dnf_grammar},             {"yum", "", "dnf", &dnf_grammar},
    {"dnf5", "", "dnf", &dnf_grammar},            {"microdnf", "", "dnf", &dnf_grammar},
    {"tdnf", "", "dnf", &dnf_grammar},            {"zypper", "", "zypper", &zypper_grammar},
    {"pip*", "", "pip", &pip_grammar},            {"python*", "-m pip ", "pip", &pip_grammar},
    {"pypy*", "-m pip ", "pip", &pip_grammar},    {"uv", "pip ", "pip", &pip_grammar},
    {"python*", "setup.py ", "pip", &setup_grammar}, {"uv", "", "uv", &uv_grammar},
    {"pipx", "", "pipx", &pipx_grammar},          {"poetry", "", "poetry", &poetry_grammar},
    {"python*", "-m poetry ", "poetry", &poetry_grammar}, {"pdm", "", "pdm", &poetry_grammar},
    {"pipenv", "", "pipenv", &pipenv_grammar},    {"python*", "-m pipenv ", "pipenv", &pipenv_grammar},
    {"npm", "", "npm", &npm_grammar},             {"bun", "", "bun", &npm_grammar},
    {"yarn", "", "yarn", &yarn_grammar},          {"yarnpkg", "", "yarn", &yarn_grammar},
    {"pnpm", "", "pnpm", &pnpm_grammar},          {"gem", "", "gem", &gem_grammar},
    {"bundle", "", "bundle", &bundle_grammar},    {"bundler", "", "bundle", &bundle_grammar},
    {"cargo", "", "cargo", &cargo_grammar},       {"go", "", "go", &go_grammar},
    {"conda", "", "conda", &conda_grammar},       {"mamba", "", "conda", &conda_grammar},
    {"micromamba", "", "conda", &conda_grammar},  {"brew", "", "brew", &brew_grammar},
    {"composer", "", "composer", &composer_grammar},
};
/* clang-format on */

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
static const struct tool *find_tool(const sp_command *command, uint32_t *next)
{
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
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

/* verb = word [word]: the row, and in *at the word it begins with and *next the one after it */
static const verb *find_verb(const grammar *manager, const sp_command *command, uint32_t *at, uint32_t *next)
{
    bool takes_next = false, asks_version = false;
    for (; *at < command->word_count && is_option(word_at(command, *at)); *at += 1 + takes_next) {
        sp_str option = split_option(manager, word_at(command, *at), &takes_next);
        asks_version = asks_version || sp_str_equal(option, SP_STR("--version")) ||
                       sp_str_equal(option, SP_STR("-v")) || sp_str_equal(option, SP_STR("--help")) ||
                       sp_str_equal(option, SP_STR("-h"));
    }
    sp_str first = word_at(command, *at), second = word_at(command, *at + 1);
    for (const verb *row = manager->verbs; row->words != NULL; row++) {
        if (first.size > 0 && row->words[0] != first.text[0])
            continue;
        sp_str words = sp_str_from(row->words);
        size_t blank = sp_str_find(words, ' ');
        bool two = blank < words.size;
        bool bare = words.size == 0;
        if (bare ? *at < command->word_count || asks_version : !sp_str_equal(first, sp_str_head(words, blank)))
            continue;
        if (two && !sp_str_equal(second, sp_str_skip(words, blank + 1)))
            continue;
        *next = *at + (bare ? 0 : two ? 2 : 1);
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
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
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

/* What only one manager has. */
static void read_specialities(sp_arena *arena, const struct tool *tool, const sp_command *command, sp_told *out)
{
    if (tool->grammar == &apt_grammar && out->operation.action == SP_INSTALL)
        out->operation.recommends = takes_recommended(command);
    if (tool->grammar != &apk_grammar)
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
    if (sp_str_equal(command->name, SP_STR("pacman")))
        return read_pacman(arena, command, out);
    const struct tool *tool = find_tool(command, &at);
    const verb *row = tool != NULL ? find_verb(tool->grammar, command, &at, &next) : NULL;
    if (row == NULL)
        return false;
    sp_operation *operation = &out->operation;
    operation->manager = sp_str_from(tool->manager);
    operation->action = row->action;
    operation->manifest = (row->properties & MANIFEST) != 0;
    operation->span = command->words[at < command->word_count ? at : 0].value.span;
    read_arguments(arena, tool->grammar, row, command, next, out);
    if ((row->properties & NAMES) != 0 && is_fed_by_xargs(script, index))
        add_unseen(arena, command, operation);
    if ((row->properties & BARE) != 0 && operation->package_count == 0)
        operation->manifest = true;
    read_specialities(arena, tool, command, out);
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
