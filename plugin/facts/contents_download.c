/* What a RUN downloads without a package manager, as far as it unpacks that. */
#include "base/path.h"
#include "facts/contents.h"
#include "facts/ecosystem.h"
#include "facts/tool.h"

/* ---- downloading ---- */

/* Where the command writes to: the value of -o or -O; "" where it does not say. */
static sp_str output_of(sp_arena *arena, const sp_command *command)
{
    const sp_value *file = sp_command__option(arena, command, SP_STR("o"), SP_STR("--output"));
    if (file == NULL && sp_str_equal(command->name, SP_STR("wget")))
        file = sp_command__option(arena, command, SP_STR("O"), SP_STR("--output-document"));
    return file != NULL && file->known ? file->value : SP_STR("");
}

/* An address of which the last part is unknown, with the file it is written to in its place: what is saved as
   toolchain.tar.gz is taken to be one. */
static sp_str named_by_output(sp_arena *arena, sp_str shape, sp_str output)
{
    size_t slash = shape.size;
    while (slash > 0 && shape.text[slash - 1] != '/')
        slash--;
    sp_str last = sp_str_skip(shape, slash);
    bool unknown = last.size > 0 && sp_str_find(last, '\0') < last.size;
    if (!unknown || slash == 0 || output.size == 0)
        return shape;
    sp_str parts[] = {sp_str_head(shape, slash), sp_path_last(output)};
    return sp_arena_join(arena, parts, 2);
}

/* The word of a command that is an address we know; NULL when there is none. */
static const sp_value *find_address(sp_arena *arena, const sp_command *command, sp_capabilities *brings, bool *perhaps)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        *brings = sp_download__capabilities(word->shape, perhaps);
        if (*perhaps)
            *brings =
                sp_download__capabilities(named_by_output(arena, word->shape, output_of(arena, command)), perhaps);
        if (sp_capabilities__next(brings, 0) < SP_CAPABILITY_COUNT)
            return word;
    }
    return NULL;
}

void sp_running__download(const sp_running *run, const sp_command *command)
{
    sp_capabilities brings = {0};
    bool perhaps = false;
    const sp_value *word = find_address(run->facts->arena, command, &brings, &perhaps);
    if (word == NULL)
        return;
    sp_way way = sp_running__way(run, SP_WAY_DOWNLOAD, command->certain && !perhaps, word->span);
    way.assumed = true;
    way.name = word->known ? word->value : word->text;
    way.place = sp_running__unpacked_to(run, command, &brings);
    sp_running__add(run, &brings, &way);
}

/* ---- unpacking ---- */

/* Commands before a tar among which its archive's download is looked for, or after a download its tar, so that many do
   not cost their square. */
#define LOOK_BACK 256

/* What a tar command unpacks: all of the archive when it names no members. */
typedef struct unpacking {
    sp_str archive; /* "" is standard input */
    sp_str folder;  /* "" is where the command runs */
    uint32_t members, libraries;
} unpacking;

/* usr/lib/swift/linux: no programs are in such folders. */
static bool is_of_libraries(sp_str member)
{
    static const char *const folders[] = {"lib", "lib64", "libexec", "share", "include"};
    while (member.size > 0) {
        sp_str part = sp_str_head(member, sp_str_find(member, '/'));
        member = sp_str_skip(member, part.size + 1);
        for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
            if (sp_str_is(part, folders[i]))
                return true;
        }
    }
    return false;
}

/* Short options that stand together; the last one that takes a value takes the next word. */
static char letter_with_value(sp_str word)
{
    for (size_t i = word.size; i > 0; i--) {
        if (strchr("fCIbT", word.text[i - 1]) != NULL && word.text[i - 1] != '\0')
            return i == word.size ? word.text[i - 1] : '\0';
    }
    return '\0';
}

/* tar = "tar" {"-" letters [value] | "--" name ["=" value] | member}; the first word may leave out its dash */
static unpacking read_tar(const sp_command *command)
{
    unpacking read = {.archive = {"", 0}, .folder = {"", 0}};
    char pending = '\0';
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        bool is_long = sp_str_starts(word, SP_STR("--"));
        if (pending != '\0') {
            if (pending == 'f')
                read.archive = word;
            else if (pending == 'C')
                read.folder = word;
            pending = '\0';
        } else if (sp_str_starts(word, SP_STR("--file=")) || sp_str_is(word, "--file")) {
            read.archive = sp_str_skip(word, 7);
            pending = word.size == 6 ? 'f' : '\0';
        } else if (sp_str_starts(word, SP_STR("--directory="))) {
            read.folder = sp_str_skip(word, 12);
        } else if (is_long) {
            pending = sp_str_is(word, "--directory") ? 'C' : sp_str_is(word, "--exclude") ? 'X' : '\0';
        } else if (sp_str_starts(word, SP_STR("-")) || i == 1) {
            pending = letter_with_value(word);
        } else {
            read.members++;
            read.libraries += is_of_libraries(word);
        }
    }
    return read;
}

/* Whether a command wrote the archive: as a file of that name, or into the pipe that tar reads. */
static bool wrote(const sp_command *command, const sp_command *tar, sp_str archive)
{
    if (archive.size == 0 || sp_str_is(archive, "-"))
        return command->pipe != UINT32_MAX && command->pipe == tar->pipe;
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (sp_str_equal(word, archive) || sp_str_equal(sp_path_last(word), archive))
            return true;
    }
    return false;
}

/* unzip = "unzip" {option | archive | "-d" folder} */
static unpacking read_unzip(const sp_command *command)
{
    unpacking read = {.archive = {"", 0}, .folder = {"", 0}};
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (sp_str_is(word, "-d") && i + 1 < command->word_count)
            read.folder = command->words[++i].value.shape;
        else if (read.archive.size == 0 && !sp_str_starts(word, SP_STR("-")))
            read.archive = word;
    }
    return read;
}

static bool strips(const sp_command *command)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        if (sp_str_starts(command->words[i].value.shape, SP_STR("--strip")))
            return true;
    }
    return false;
}

/* The folder of an archive in it: that of its own, which only the archive knows, unless that is stripped. */
static sp_str place_in(const sp_running *run, const sp_command *command, sp_str folder)
{
    sp_value word = {.known = sp_str_find(folder, '\0') == folder.size, .value = folder};
    sp_str path = folder.size > 0 ? sp_ecosystem__resolve(run->facts, run->instruction, command, &word)
                                  : sp_ecosystem__directory(run->facts, run->instruction, command);
    if (path.size == 0 || strips(command))
        return path;
    return sp_path_join(run->facts->arena, path, SP_STR("?"));
}

/* Whether a place is one of something, or the folder of one where `below` is so. */
static bool is_place_of(uint32_t capability, sp_str folder, bool below)
{
    sp_str places = sp_capability__places(capability);
    while (places.size > 0) {
        sp_str place = sp_str_take_word(&places);
        if (below ? sp_str_equal(sp_path_folder(place), folder) : sp_path_contains(folder, place))
            return true;
    }
    return false;
}

/* Whether what is downloaded usually lies there, and so is where everybody looks. */
static bool is_usual(const sp_capabilities *brings, sp_str place)
{
    bool below = sp_str_ends(place, SP_STR("/?"));
    sp_str folder = below ? sp_path_folder(place) : place;
    for (uint32_t i = sp_capabilities__next(brings, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(brings, i + 1)) {
        if (is_place_of(i, folder, below))
            return true;
    }
    return false;
}

sp_str sp_running__unpacked_to(const sp_running *run, const sp_command *download, const sp_capabilities *brings)
{
    const sp_command *end = run->script->commands + run->script->command_count;
    end = end - download > LOOK_BACK ? download + LOOK_BACK : end;
    for (const sp_command *one = download + 1; one < end; one++) {
        bool tar = sp_str_is(one->name, "tar") || sp_str_is(one->name, "bsdtar");
        if (!tar && !sp_str_is(one->name, "unzip"))
            continue;
        unpacking read = tar ? read_tar(one) : read_unzip(one);
        if (!wrote(download, one, read.archive))
            continue;
        sp_str place = place_in(run, one, read.folder);
        return is_usual(brings, place) ? SP_STR("") : place;
    }
    return SP_STR("");
}

typedef struct dropping {
    sp_span address;
    uint32_t instruction;
    bool certain;
} dropping;

static sp_fate judge_unpacking(const sp_way *way, uint32_t capability, const void *payload)
{
    (void)capability;
    const dropping *drop = payload;
    bool same = way->kind == SP_WAY_DOWNLOAD && way->instruction == drop->instruction &&
                way->span.start == drop->address.start && way->span.end == drop->address.end;
    return !same ? SP_FATE_KEEP : drop->certain ? SP_FATE_DROP : SP_FATE_DOUBT;
}

/* Of an archive of which only libraries are unpacked, no toolchain comes. */
static void drop_download(const sp_running *run, const sp_command *tar, const sp_command *download)
{
    sp_capabilities brings = {0};
    bool perhaps = false;
    const sp_value *address = find_address(run->facts->arena, download, &brings, &perhaps);
    if (address == NULL)
        return;
    dropping drop = {.address = address->span, .instruction = run->instruction, .certain = tar->certain};
    for (uint32_t i = sp_capabilities__next(&brings, 0); i < SP_CAPABILITY_COUNT;
         i = sp_capabilities__next(&brings, i + 1))
        sp_contents__change(run->facts, run->contents, i, tar->span, judge_unpacking, &drop);
}

/* The word that is an address of which not even the host is known: "$BASE_URL/$NAME"; NULL when there is none. */
static const sp_value *find_unknown_address(const sp_command *command)
{
    static const char *const names[] = {"curl", "wget", "aria2c"};
    bool downloads = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        downloads = downloads || sp_str_is(command->name, names[i]);
    for (uint32_t i = 1; downloads && i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        if (word->shape.size > 0 && word->shape.text[0] == '\0')
            return word;
    }
    return NULL;
}

/* An archive from nobody knows where, over the whole filesystem: anything may come. */
static void add_anything(const sp_running *run, const sp_command *download)
{
    const sp_value *address = find_unknown_address(download);
    if (address == NULL)
        return;
    sp_way way = sp_running__way(run, SP_WAY_ARCHIVE, false, address->span);
    way.name = address->text;
    sp_contents__add_anything(run->facts, run->contents, &way);
}

void sp_running__unpack(const sp_running *run, const sp_command *command)
{
    unpacking read = read_tar(command);
    bool libraries = read.members > 0 && read.libraries == read.members;
    bool over_root = sp_str_is(read.folder, "/") && read.members == 0;
    const sp_command *first = run->script->commands;
    first = command - first > LOOK_BACK ? command - LOOK_BACK : first;
    for (const sp_command *one = first; one < command && (libraries || over_root); one++) {
        if (!wrote(one, command, read.archive))
            continue;
        if (libraries)
            drop_download(run, command, one);
        else
            add_anything(run, one);
    }
}
