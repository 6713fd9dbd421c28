/* What reads shell text: the state that every file of this folder works on. */
#ifndef SP_SHELL_READER_H
#define SP_SHELL_READER_H

#include "base/list.h"
#include "base/map.h"
#include "shell/script.h"

typedef SP_LIST(sp_shell_word) sp_shell_words;
typedef SP_LIST(sp_redirect) sp_redirects;
typedef SP_LIST(sp_shell_assignment) sp_shell_assignments;

/** A heredoc whose body begins at the next line end. */
typedef struct sp_shell_heredoc {
    sp_str name;
    bool strip_tabs;
    bool is_script; /* a shell reads it */
} sp_shell_heredoc;

/** A piece of shell text and how far it was read. It says where its slices stand in the Dockerfile. */
typedef struct sp_shell_text {
    sp_str text;
    size_t at;
    const sp_line *line;        /* the text is a slice of this logical line, */
    bool in_source;             /* or of the source, */
    sp_span whole;              /* or it stands here as a whole */
    const sp_heredoc *heredocs; /* bodies that the Dockerfile's parser already took out of the text */
    uint32_t heredoc_count;
    SP_LIST(sp_shell_heredoc) pending;
    bool no_arithmetic; /* a (( was not closed: do not look for a )) again */
} sp_shell_text;

/** What the shell would know about a variable that the script set. */
typedef struct sp_shell_variable {
    sp_str shape; /* NUL bytes are unknown runs */
    bool is_default;
} sp_shell_variable;

/** What a subshell inherits and does not give back. */
typedef struct sp_shell_scope {
    const sp_map *variables; /* name → sp_shell_variable */
    sp_str directory;
    bool directory_known;
    bool pipefail;
    bool uncertain;  /* inside if, ||, a loop, a function */
    uint32_t branch; /* which of them: as in sp_command */
} sp_shell_scope;

/** One script being read. */
typedef struct sp_shell {
    sp_arena *arena;
    const sp_document *document;
    const sp_script_input *input;
    sp_shell_scope scope;
    SP_LIST(sp_command) commands;
    SP_LIST(sp_pipe) pipes;
    SP_LIST(sp_str) changed; /* names in order of setting: what the end of a region forgets */
    uint32_t branches;       /* that were begun */
    unsigned depth;
    size_t budget; /* bytes that expansions may still give: the work stays linear in the text */
    bool failed;   /* nested too deeply: the script is not known */
} sp_shell;

/** What was before a region that may not run. */
typedef struct sp_shell_region {
    sp_shell_scope before;
    uint32_t changed;
} sp_shell_region;

/* script.c */

/** The raw bytes of a slice of the text. */
sp_span sp_shell__span(const sp_shell *shell, const sp_shell_text *text, sp_str slice);

/* text.c */

/** The byte so far ahead of the cursor; NUL behind the end. */
static inline char sp_shell__peek(const sp_shell_text *text, size_t ahead)
{
    return text->at + ahead < text->text.size ? text->text.text[text->at + ahead] : '\0';
}

static inline bool sp_shell__at_end(const sp_shell_text *text)
{
    return text->at >= text->text.size;
}

static inline bool sp_shell__at_text(const sp_shell_text *text, sp_str part)
{
    return sp_str_starts(sp_str_skip(text->text, text->at), part);
}

/** Goes one level deeper; false, and the script has failed, at the limit. Each true needs a sp_shell__leave. */
bool sp_shell__enter(sp_shell *shell, sp_shell_text *text);
void sp_shell__leave(sp_shell *shell);

/** Skips blanks, joined lines and, where a word could begin, a comment. */
void sp_shell__skip_blanks(sp_shell_text *text);

/** Skips line ends too, with the heredoc bodies behind them. */
void sp_shell__skip_newlines(sp_shell *shell, sp_shell_text *text);

/** Skips "((" … "))" at the cursor; false where it is not closed. */
bool sp_shell__skip_arithmetic(sp_shell_text *text);

/** Whether the word at the cursor is exactly this one, unquoted; takes it, behind newlines, where it is. */
bool sp_shell__at_word(const sp_shell_text *text, const char *word);
bool sp_shell__take_word(sp_shell *shell, sp_shell_text *text, const char *word);

/** Reads the body of a heredoc, which is a slice of the text, as a script. */
void sp_shell__read_body(sp_shell *shell, const sp_shell_text *text, sp_str body);

/* list.c */

/** Reads the whole text as a script. */
void sp_shell__read(sp_shell *shell, sp_shell_text *text);

/** Reads commands until something that closes a list: the end, ")", "}", ";;", "fi" and the like. */
void sp_shell__read_list(sp_shell *shell, sp_shell_text *text);

/* compound.c */

/** Reads one command, simple or compound. */
void sp_shell__read_command(sp_shell *shell, sp_shell_text *text);

/** Reads a function whose name is read; false, and nothing is, where "()" does not follow. */
bool sp_shell__read_function(sp_shell *shell, sp_shell_text *text);

/* simple.c */

/** Reads a simple command, or the function that begins like one. */
void sp_shell__read_simple(sp_shell *shell, sp_shell_text *text);

/** Reads past the redirections of a compound command. */
void sp_shell__skip_redirects(sp_shell *shell, sp_shell_text *text);

/* word.c */

/** Whether `byte` ends an unquoted word. */
bool sp_shell__is_delimiter(char byte);

/** Reads one word at the cursor and appends the fields it gives: none, one or several. */
void sp_shell__read_words(sp_shell *shell, sp_shell_text *text, sp_shell_words *out);

/** Reads one word at the cursor without splitting it: assignments, redirections. May be empty. */
sp_shell_word sp_shell__read_word(sp_shell *shell, sp_shell_text *text);

/* command.c */

/** A command of these words, as the scope has it; it has no name yet. `slice` is where it stands. */
sp_command sp_shell__command(const sp_shell *shell, const sp_shell_text *text, sp_str slice,
                             const sp_shell_words *words);

/** Adds a command, what it runs in turn, and what it changes for those after it. Gives the innermost of them. */
sp_command sp_shell__add_command(sp_shell *shell, sp_shell_text *text, const sp_command *command);

/** Whether a base name is that of a shell we read, and whether a command is one that reads its script from input. */
bool sp_shell__is_posix(sp_str name);
bool sp_shell__reads_input(const sp_command *command);

/* scope.c */

/** Variables that the script itself sets. */
void sp_shell__assign(sp_shell *shell, sp_str name, sp_str shape, bool is_default);
const sp_shell_variable *sp_shell__variable(const sp_shell *shell, sp_str name);

/** Begins a region that may not run; another branch of it does not see what the one before it set; at its end, what it
    changed is forgotten. */
sp_shell_region sp_shell__begin_region(sp_shell *shell);
void sp_shell__next_branch(sp_shell *shell, const sp_shell_region *begun);
void sp_shell__end_region(sp_shell *shell, const sp_shell_region *begun);

/** What a builtin changes: cd, set, export, read, unset. */
void sp_shell__apply(sp_shell *shell, const sp_command *command);

/** Takes `size` from the budget; false when it is used up. */
bool sp_shell__spend(sp_shell *shell, size_t size);

#endif
