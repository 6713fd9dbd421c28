/* Comments that waive. Ours:

     annotation = "stagepolicy:" verb policies { setting }
     verb       = "waive" | "waive-stage" | "waive-file"
     policies   = id { "," id }
     setting    = ( "until=" date | "reason=" text | "owner=" text )
     text       = a word, or anything but '"' between two '"'

   hadolint's (its README), and BuildKit's (`docs/reference.md`, `frontend/dockerui` of v0.34.2):

     hadolint = "hadolint" [ "global" | "stage" ] "ignore=" name { "," name } [ "#" reason ]
     buildkit = "check" "=" "skip=" ( "all" | name { "," name } ) { ";" option } [ " " reason ] */
#include "result/annotation.h"

#include "base/ascii.h"
#include "base/date.h"
#include "base/suggest.h"

/* One reading. */
typedef struct reading {
    sp_arena *arena;
    sp_annotation *out;
    sp_str left; /* of the comment */
} reading;

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static void skip_blanks(reading *reader)
{
    while (reader->left.size > 0 && is_blank(reader->left.text[0]))
        reader->left = sp_str_skip(reader->left, 1);
}

/* word = bytes without blanks; "" at the end */
static sp_str read_word(reading *reader)
{
    size_t size = 0;
    skip_blanks(reader);
    while (size < reader->left.size && !is_blank(reader->left.text[size]))
        size++;
    sp_str word = sp_str_head(reader->left, size);
    reader->left = sp_str_skip(reader->left, size);
    return word;
}

static bool skip_text(reading *reader, sp_str text)
{
    if (!sp_str_starts(reader->left, text))
        return false;
    reader->left = sp_str_skip(reader->left, text.size);
    return true;
}

/* The first problem is the one that is said. */
static void __attribute__((format(printf, 2, 3))) complain(reading *reader, const char *format, ...)
{
    if (reader->out->problem.size > 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    reader->out->problem = sp_arena_vprint(reader->arena, format, arguments);
    va_end(arguments);
}

/* What is shown of a word that may be long. */
static sp_str brief(sp_str word)
{
    return sp_str_brief(word, 60);
}

/* names = name { "," name } */
static void add_names(reading *reader, sp_str names)
{
    for (;;) {
        size_t end = sp_str_find(names, ',');
        sp_str name = sp_str_trim(sp_str_head(names, end));
        if (name.size > 0)
            *sp_list_add(reader->arena, &reader->out->policies) = name;
        if (end == names.size)
            return;
        names = sp_str_skip(names, end + 1);
    }
}

/* ---- ours ---- */

/* policies = id { "," [ blanks ] id } */
static void read_policies(reading *reader)
{
    const char *start, *end;
    skip_blanks(reader);
    start = end = reader->left.text;
    do {
        sp_str word = read_word(reader);
        if (word.size == 0 || sp_str_find(word, '=') < word.size) {
            complain(reader, "this waives nothing: name a policy, or several with ',' between");
            return;
        }
        end = word.text + word.size;
    } while (end[-1] == ',');
    add_names(reader, sp_str_between(start, end));
}

/* text = '"' { any but '"' } '"' | word */
static sp_str read_text(reading *reader)
{
    if (!skip_text(reader, SP_STR("\"")))
        return read_word(reader);
    size_t end = sp_str_find(reader->left, '"');
    sp_str text = sp_str_trim(sp_str_head(reader->left, end));
    if (end == reader->left.size)
        complain(reader, "the '\"' before '%.*s' is never closed", SP_STR_ARG(brief(text)));
    reader->left = sp_str_skip(reader->left, end + 1);
    return text;
}

static const sp_str setting_names[] = {{"until", 5}, {"reason", 6}, {"owner", 5}};

static sp_str *setting_of(sp_annotation *annotation, sp_str name)
{
    sp_str *const settings[] = {&annotation->until, &annotation->reason, &annotation->owner};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (sp_str_equal(name, setting_names[i]))
            return settings[i];
    }
    return NULL;
}

static void complain_setting(reading *reader, sp_str name)
{
    sp_str meant = sp_suggest(name, setting_names, 3);
    if (meant.size == 0)
        complain(reader, "'%.*s' is none of until=2027-01-31, reason=\"…\" and owner=…", SP_STR_ARG(brief(name)));
    else
        complain(reader, "'%.*s' is no setting; did you mean '%.*s='?", SP_STR_ARG(brief(name)), SP_STR_ARG(meant));
}

/* setting = name "=" text */
static void read_setting(reading *reader)
{
    size_t size = 0;
    while (size < reader->left.size && !is_blank(reader->left.text[size]) && reader->left.text[size] != '=')
        size++;
    sp_str name = sp_str_head(reader->left, size);
    bool given = size < reader->left.size && reader->left.text[size] == '=';
    sp_str *setting = given ? setting_of(reader->out, name) : NULL;
    reader->left = sp_str_skip(reader->left, size + given);
    sp_str text = given ? read_text(reader) : SP_STR("");
    if (setting == NULL)
        complain_setting(reader, name);
    else if (setting->size > 0)
        complain(reader, "'%.*s' is said twice", SP_STR_ARG(brief(name)));
    else if (text.size == 0)
        complain(reader, "'%.*s=' has no value", SP_STR_ARG(brief(name)));
    else
        *setting = text;
}

static void read_ours(reading *reader)
{
    static const sp_str verbs[] = {{"waive", 5}, {"waive-stage", 11}, {"waive-file", 10}};
    sp_annotation *out = reader->out;
    sp_str verb = read_word(reader);
    size_t scope = 0;
    while (scope < 3 && !sp_str_equal(verb, verbs[scope]))
        scope++;
    if (scope == 3) {
        complain(reader, "'%.*s' is none of waive, waive-stage and waive-file", SP_STR_ARG(brief(verb)));
        return;
    }
    out->scope = (sp_annotation_scope)scope;
    read_policies(reader);
    for (skip_blanks(reader); reader->left.size > 0; skip_blanks(reader))
        read_setting(reader);
    if (out->until.size > 0 && !sp_date_is_valid(out->until))
        complain(reader, "'%.*s' is no day; until=2027-01-31 is one", SP_STR_ARG(brief(out->until)));
}

/* ---- other tools ---- */

/* hadolint = "hadolint" [ "global" | "stage" ] "ignore=" names [ "#" reason ] */
static bool read_hadolint(reading *reader)
{
    skip_blanks(reader);
    if (skip_text(reader, SP_STR("global ")))
        reader->out->scope = SP_ANNOTATION_FILE;
    else if (skip_text(reader, SP_STR("stage ")))
        reader->out->scope = SP_ANNOTATION_STAGE;
    skip_blanks(reader);
    if (!skip_text(reader, SP_STR("ignore=")))
        return false;
    size_t end = sp_str_find(reader->left, '#');
    add_names(reader, sp_str_head(reader->left, end));
    reader->out->reason = sp_str_trim(sp_str_skip(reader->left, end + 1));
    return reader->out->policies.count > 0;
}

/* options = "skip=" names { ";" option }; up to the first space */
static bool read_buildkit(reading *reader)
{
    skip_blanks(reader);
    if (!skip_text(reader, SP_STR("=")))
        return false;
    skip_blanks(reader);
    size_t end = sp_str_find(reader->left, ' ');
    sp_str options = sp_str_head(reader->left, end);
    sp_str reason = sp_str_trim(sp_str_skip(reader->left, end));
    while (options.size > 0) {
        size_t size = sp_str_find(options, ';');
        sp_str option = sp_str_trim(sp_str_head(options, size));
        if (sp_str_starts(option, SP_STR("skip=")))
            add_names(reader, sp_str_skip(option, 5));
        options = sp_str_skip(options, size + 1);
    }
    while (reason.size > 0 && (reason.text[0] == '/' || reason.text[0] == '#' || reason.text[0] == ' '))
        reason = sp_str_skip(reason, 1);
    reader->out->reason = reason;
    return reader->out->policies.count > 0;
}

static bool is_check(sp_str comment)
{
    return comment.size > 5 && sp_str_equal_nocase(sp_str_head(comment, 5), SP_STR("check")) &&
           !sp_ascii_is_letter_or_digit(comment.text[5]);
}

bool sp_annotation_read(sp_arena *arena, sp_str comment, sp_annotation *out)
{
    *out = (sp_annotation){.reason = SP_STR(""), .owner = SP_STR(""), .until = SP_STR(""), .problem = SP_STR("")};
    reading reader = {arena, out, sp_str_trim(comment)};
    if (skip_text(&reader, SP_STR("stagepolicy:"))) {
        read_ours(&reader);
        return true;
    }
    if (skip_text(&reader, SP_STR("stagepolicy waive"))) {
        complain(&reader, "write 'stagepolicy:', with a colon, for this to waive anything");
        return true;
    }
    if (skip_text(&reader, SP_STR("hadolint "))) {
        out->origin = SP_ANNOTATION_HADOLINT;
        return read_hadolint(&reader);
    }
    if (!is_check(reader.left))
        return false;
    reader.left = sp_str_skip(reader.left, 5);
    out->origin = SP_ANNOTATION_BUILDKIT;
    return read_buildkit(&reader);
}
