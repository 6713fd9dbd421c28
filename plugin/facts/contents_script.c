/* Scripts that a RUN starts and nobody reads: one whose name says that it installs, one that comes out of a pipe. They
   may bring anything, unless they are known by the address they come from. */
#include "facts/contents.h"

#include "base/path.h"
#include "facts/glob.h"

/* Commands before a script among which its download is looked for. */
enum { LOOK_BACK = 64 };

static bool is_shell(sp_str name)
{
    static const char *const names[] = {"sh", "bash", "dash", "ash", "zsh", "ksh", ".", "source"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (sp_str_is(name, names[i]))
            return true;
    }
    return false;
}

/* The script of "./install.sh", of "bash -e install.sh"; "" of a shell that is given none, and of another command. */
static sp_str script_of(const sp_command *command)
{
    if (!is_shell(command->name))
        return command->word_count > 0 ? command->words[0].value.shape : SP_STR("");
    for (uint32_t i = 1; i < command->word_count; i++) {
        sp_str word = command->words[i].value.shape;
        if (!sp_str_starts(word, SP_STR("-")))
            return word;
        if (!sp_str_starts(word, SP_STR("--")) && sp_str_find(word, 'c') < word.size) /* sh -c: its text is read */
            return word;
    }
    return SP_STR("");
}

/* Of all scripts, those whose names say it. */
static bool says_it_installs(sp_str script)
{
    static const char *const globs[] = {"*install*.sh", "*setup*.sh",     "*bootstrap*.sh", "*provision*.sh",
                                        "*-debian.sh",  "*-redhat.sh",    "*-alpine.sh",    "*deps*.sh",
                                        "*depend*.sh",  "*toolchain*.sh", "*packages*.sh",  "*requirements*.sh"};
    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
        if (sp_glob_matches(sp_str_from(globs[i]), script))
            return true;
    }
    return false;
}

/* The word of a download that is an address; NULL when it has none. */
static const sp_value *address_of(const sp_command *command)
{
    bool downloads = sp_str_is(command->name, "curl") || sp_str_is(command->name, "wget");
    for (uint32_t i = 1; downloads && i < command->word_count; i++) {
        const sp_value *word = &command->words[i].value;
        if (sp_str_search(word->shape, SP_STR("://")) != SIZE_MAX || (!word->known && word->shape.text[0] == '\0'))
            return word;
    }
    return NULL;
}

static bool names_file(const sp_command *command, sp_str script)
{
    for (uint32_t i = 1; i < command->word_count; i++) {
        if (sp_str_equal(sp_path_last(command->words[i].value.shape), sp_path_last(script)))
            return true;
    }
    return false;
}

/* The address that a script comes from, by a pipe or as a file of that name; NULL when the RUN does not say. */
static const sp_value *find_address(const sp_running *run, const sp_command *command, sp_str script)
{
    const sp_command *first = run->script->commands;
    first = command - first > LOOK_BACK ? command - LOOK_BACK : first;
    for (const sp_command *one = command; one-- > first;) {
        bool piped = script.size == 0 && command->pipe != UINT32_MAX && one->pipe == command->pipe;
        const sp_value *address = piped || (script.size > 0 && names_file(one, script)) ? address_of(one) : NULL;
        if (address != NULL)
            return address;
    }
    return NULL;
}

void sp_running__script(const sp_running *run, const sp_command *command)
{
    sp_str script = script_of(command);
    const sp_value *address = find_address(run, command, script);
    bool downloaded = address != NULL && (is_shell(command->name) || sp_str_ends(script, SP_STR(".sh")));
    if (!downloaded && !says_it_installs(script))
        return;
    if (address != NULL && sp_download__is_known(address->shape))
        return;
    sp_way way = sp_running__way(run, SP_WAY_SCRIPT, false, command->span);
    way.name = address != NULL ? (address->known ? address->value : address->text) : sp_path_last(script);
    sp_contents__add_anything(run->facts, run->contents, &way);
}
