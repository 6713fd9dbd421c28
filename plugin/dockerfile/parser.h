/* What the parts of the parser share: the reader of lines, where diagnostics go, and the functions of each part. */
#ifndef SP_DOCKERFILE_PARSER_H
#define SP_DOCKERFILE_PARSER_H

#include "dockerfile/document.h"

/** Reads a text from its first byte to its last into a document. */
typedef struct sp_parser {
    sp_arena *arena;
    sp_document *document; /* receives directives, comments and instructions */
    sp_diagnostics *diagnostics;
    sp_source source;               /* the text and its lines */
    const char *begin, *next, *end; /* of the text, and what is not read yet */
    uint32_t line_count;            /* physical lines read */
    char escape;
    uint32_t refusals;        /* reported so far */
    bool too_long;            /* the line at `next` is over the limit: nothing more is read */
    bool directives_over;     /* a line that is no directive was seen */
    bool directives_indented; /* an indented directive was seen */
    uint32_t directives_seen; /* bits by directive */
    const sp_joint *outside;  /* of a text outside any file: the place that stands for all of it */
    bool trigger;             /* inside ONBUILD: only what the line layer refuses is reported */
    sp_words comments;        /* waiting for their instruction */
    SP_LIST(sp_joint) joints; /* of the line being joined */
    uint32_t joined;          /* its bytes so far */
    const char *line_end;     /* where the last logical line ended before spaces were trimmed */
} sp_parser;

/** A physical line without its CR and LF run. */
typedef struct sp_physical_line {
    const char *start, *end;
} sp_physical_line;

/* line.c */

/** Reads a physical line; false at the end or before a line over the limit. */
bool sp_line__read(sp_parser *parser, sp_physical_line *out);

/** Reads up to and including the next logical line, directives and comments on the way; false at the end. */
bool sp_line__next(sp_parser *parser, sp_line *out);

/** The raw bytes from `start` to `end`, pointers into the text. */
sp_span sp_line__raw_span(const sp_parser *parser, const char *start, const char *end);

/** The part of a logical line as a line of its own. */
sp_line sp_line__part(sp_arena *arena, const sp_line *line, sp_str part);

/** A word that is a slice of the line. */
sp_word sp_line__word(const sp_line *line, sp_str slice);

/* directive.c */

/** Takes a line as a parser directive; false when it is none. `text` begins at its first byte that is no space. */
bool sp_directive__take(sp_parser *parser, sp_str text, bool indented);

/** Adds what BuildKit's second reader of directives finds where the parser itself sees comments, or no Dockerfile. */
void sp_directive__take_again(sp_parser *parser);

/* instruction.c */

/** Parses a logical line, its heredocs included. */
void sp_instruction__parse(sp_parser *parser, const sp_line *line, sp_instruction *out);

/* flag.c */

/** Cuts the flags off and returns the arguments' text, stripped. */
sp_str sp_flag__cut(sp_parser *parser, const sp_line *line, sp_str text, sp_flags *out);

/** Reports flags that the instruction does not know, that are twice there or have a wrong value. */
void sp_flag__check(sp_parser *parser, sp_instruction *instruction);

/* shape.c */

/** Cuts the arguments' text by the shape of the instruction's row. */
void sp_shape__cut(sp_parser *parser, sp_instruction *instruction, sp_str text);

/* exec_form.c */

typedef enum sp_json { SP_JSON_NONE, SP_JSON_STRINGS, SP_JSON_OTHER } sp_json;

/** Reads the whole text as a JSON array of strings. OTHER is a valid array with something else in it. */
sp_json sp_exec_form__read(sp_parser *parser, const sp_line *line, sp_str text, sp_words *out);

/* json.c */

/** The string that a JSON object, which is all of the text, holds under a name (twice there, the last one), and the raw
    bytes between its quotes; false when it holds none. */
bool sp_json__member(sp_arena *arena, sp_str text, sp_str name, sp_str *value, sp_str *raw);

/* word.c */

/** Cuts text into quote-aware words, quotes kept. `line` must hold the text. */
void sp_word__split(sp_parser *parser, const sp_line *line, sp_str text, sp_words *out);

/** Splits a word at its first '='; false when it has none, then all of it is the name. */
bool sp_word__cut_pair(const sp_line *line, sp_word word, sp_word *name, sp_word *value);

/* heredoc.c */

/** Reads the bodies of the heredocs that the line opens; they follow it in the text. */
void sp_heredoc__read(sp_parser *parser, sp_instruction *instruction, sp_heredocs *out);

/** Whether a word on its own is a heredoc opener; fills name, expands and strip_tabs. */
bool sp_heredoc__from_word(sp_arena *arena, sp_str word, sp_heredoc *out);

/* mount.c */

/** Cuts the --mount flags of a RUN into fields. */
void sp_mount__cut(sp_parser *parser, sp_instruction *run);

/* csv.c */

/** A comma-separated record, cut into fields; false (and why) when it is malformed. */
bool sp_csv__cut(sp_arena *arena, sp_str record, sp_words *fields, const char **why);

/* check.c */

/** What the instruction layer refuses, kind by kind, after flags and arguments are cut; fills `as`. */
void sp_check__instruction(sp_parser *parser, sp_instruction *instruction);

/* diagnostic.c */

/** Reports something that BuildKit refuses, and marks the instruction broken. */
void sp_parser__refuse(sp_parser *parser, sp_instruction *instruction, sp_diagnostic_id id, sp_span span,
                       const char *format, ...) __attribute__((format(printf, 5, 6)));

/** The first bytes of a text that a message quotes, cut between characters. */
sp_str sp_parser__brief(sp_str text);

#endif
