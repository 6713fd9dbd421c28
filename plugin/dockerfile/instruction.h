/* The typed tree of a Dockerfile. Immutable once parsed; everything lives in the document's arena.

   Positions. A logical line is the text of an instruction after continuations and comments inside it were removed; its
   joints say where each piece of it stands in the raw bytes. Every word has the span of its raw bytes, and any slice
   of a logical line can be turned into one (sp_line_span), so a finding underlines the exact word on any line. */
#ifndef SP_DOCKERFILE_INSTRUCTION_H
#define SP_DOCKERFILE_INSTRUCTION_H

#include "base/list.h"
#include "source/source.h"

typedef enum sp_instruction_kind {
    SP_UNKNOWN_INSTRUCTION = 0,
#define SP_INSTRUCTION(ID, shape, minimum, maximum, heredocs, trigger) SP_##ID,
#include "dockerfile/instruction.def"
#undef SP_INSTRUCTION
    SP_INSTRUCTION_COUNT
} sp_instruction_kind;

/** How the arguments were written. A heredoc form is a RUN that is nothing but one heredoc. */
typedef enum sp_form { SP_FORM_SHELL, SP_FORM_EXEC, SP_FORM_HEREDOC } sp_form;

/** One piece of a logical line that stands in one piece in the source too. */
typedef struct sp_joint {
    uint32_t cooked; /* offset in the logical line */
    uint32_t raw;    /* offset in the source */
} sp_joint;

/** A logical line. With one joint its text is a slice of the source. Without joints it stands outside any file, as a
    fired trigger does: then joints[0] holds the span that stands for all of it (cooked: its start, raw: its end). */
typedef struct sp_line {
    sp_str text;
    const sp_joint *joints; /* ascending */
    uint32_t joint_count;
    uint32_t first, last; /* physical lines, from 1; heredocs are not included */
} sp_line;

/** A word of an instruction: its text with quotes and escapes as written (of a JSON string or a flag: as decoded), and
    the raw bytes it came from. */
typedef struct sp_word {
    sp_str text;
    sp_span span;
} sp_word;

typedef SP_LIST(sp_word) sp_words;

/** A builder flag: --name or --name=value, quotes and escapes already removed as BuildKit does. */
typedef struct sp_flag {
    sp_str name;   /* without the dashes */
    sp_word value; /* empty without '='; its span is then the flag's */
    sp_span span;  /* the whole flag */
    bool has_value;
} sp_flag;

typedef SP_LIST(sp_flag) sp_flags;

/** A heredoc: <<NAME, its body and terminator. */
typedef struct sp_heredoc {
    sp_str name;     /* quotes removed */
    sp_str content;  /* raw body, tabs included; a slice of the source */
    sp_span opener;  /* the <<NAME word */
    sp_span body;    /* the content's bytes */
    bool expands;    /* the name was not quoted */
    bool strip_tabs; /* <<- */
} sp_heredoc;

typedef SP_LIST(sp_heredoc) sp_heredocs;

/** name=value of ENV, LABEL and ARG, as written. */
typedef struct sp_pair {
    sp_word name, value;
    sp_span span;   /* the whole pair */
    bool has_value; /* ARG X has none */
    bool legacy;    /* ENV name value */
} sp_pair;

typedef SP_LIST(sp_pair) sp_pairs;

/** One field of a --mount value, as written; a bare key has an empty value. */
typedef struct sp_mount_field {
    sp_str key; /* lower case */
    sp_word value;
    bool has_value;
} sp_mount_field;

/** A --mount flag, cut into fields; the values are not expanded or checked yet (BuildKit does that when it runs). The
    words below are those of the last field of that meaning, NULL where there is none. */
typedef struct sp_mount {
    const sp_flag *flag;
    const sp_mount_field *fields;
    uint32_t field_count;
    const sp_word *type, *from, *source, *target;
} sp_mount;

/** A source of COPY or ADD that is a heredoc: it makes a file of that name. */
typedef struct sp_inline_file {
    uint32_t source;           /* index in as.copy.sources */
    sp_str name;               /* quotes removed */
    const sp_heredoc *heredoc; /* NULL: the file is empty (exec form) */
} sp_inline_file;

typedef struct sp_instruction {
    sp_instruction_kind kind;
    sp_form form;
    sp_word keyword; /* as spelled */
    sp_line line;
    sp_span span;       /* from the keyword to the end of the last heredoc or word */
    uint32_t last_line; /* heredocs included */
    uint32_t id;        /* its index in sp_document.instructions; of an ONBUILD's inner one: the ONBUILD's */
    sp_flags flags;
    sp_words arguments; /* by the shape of its row; empty for PAIRS and TRIGGER */
    sp_heredocs heredocs;
    const sp_word *comments; /* attached above: text without '#', trimmed; span from the '#' */
    uint32_t comment_count;
    bool broken; /* a fatal diagnostic stands on it: fields may be missing */
    union {
        struct {
            const sp_word *base;    /* NULL when broken */
            const sp_word *keyword; /* AS, or NULL */
            const sp_word *name;    /* as written, or NULL */
            sp_str stage_name;      /* lower case, "" without one */
            const sp_flag *platform;
        } from;
        struct {
            const sp_word *sources; /* all arguments but the last */
            uint32_t source_count;
            const sp_word *destination; /* NULL when broken */
            const sp_flag *from;        /* COPY --from with a value that is not empty */
            const sp_inline_file *inline_files;
            uint32_t inline_count;
        } copy; /* COPY and ADD */
        struct {
            const sp_mount *mounts;
            uint32_t mount_count;
        } run;
        sp_pairs pairs; /* ENV, LABEL, ARG */
        struct {
            sp_word type; /* CMD or NONE as spelled; empty when the instruction is */
            bool none;
        } healthcheck; /* the command is in arguments, the type word left out */
        struct {
            const sp_word *written; /* one an argument: with the blanks around it, which are cut off there */
        } volume;
        struct {
            struct sp_instruction *instruction; /* NULL when broken */
        } onbuild;
    } as;
} sp_instruction;

/** The keyword of a kind, "RUN"; "" for SP_UNKNOWN_INSTRUCTION. */
sp_str sp_instruction_name(sp_instruction_kind kind);

/** The kind of a keyword in any case; SP_UNKNOWN_INSTRUCTION when there is none. */
sp_instruction_kind sp_instruction_from_name(sp_str name);

/** What a trigger is that may not stand after ONBUILD, which BuildKit tells by its keyword in upper case;
    SP_UNKNOWN_INSTRUCTION: it may. */
sp_instruction_kind sp_instruction_refused_trigger(const sp_instruction *trigger);

/** The last flag of that name, or NULL. */
const sp_flag *sp_instruction_flag(const sp_instruction *instruction, sp_str name);

/** The raw bytes of a slice of the logical line's text (which must lie inside it). */
sp_span sp_line_span(const sp_line *line, sp_str slice);

#endif
