/* Word expansion: quotes, escapes and $variables of a word, given a lookup. Values are three-valued: what an argument
   nobody gave would be is unknown, never guessed. */
#ifndef SP_DOCKERFILE_EXPAND_H
#define SP_DOCKERFILE_EXPAND_H

#include "dockerfile/document.h"

/** How sure a variable's value is, from best to worst. */
typedef enum sp_certainty {
    SP_CERTAIN_KNOWN,     /* fixed by the Dockerfile or by an argument that was given */
    SP_CERTAIN_DEFAULT,   /* a default that a build argument may replace */
    SP_CERTAIN_UNDEFINED, /* nothing defines it: BuildKit expands it to nothing */
    SP_CERTAIN_UNKNOWN    /* only the build knows */
} sp_certainty;

/** What a lookup says about a name. */
typedef struct sp_variable {
    sp_certainty certainty;
    bool set;     /* defined, perhaps as ""; decides ${X-w} and ${X:-w}. An unknown one that is not set is an argument
                     that nobody gave: ${X:-w} is then w, by default */
    sp_str value; /* of a known or default one */
    sp_str shape; /* of an unknown one of which parts are known (see sp_value); "" knows nothing */
    uint32_t definition; /* id of the instruction that gave it, or UINT32_MAX */
    sp_span at;          /* the definition's name, when there is one */
} sp_variable;

/** Answers for a name; `payload` is the caller's. */
typedef sp_variable (*sp_lookup)(sp_str name, void *payload);

/** A variable that a word uses. */
typedef struct sp_variable_use {
    sp_str name;
    sp_span at; /* from '$' to its end */
    sp_certainty certainty;
    uint32_t definition; /* as in sp_variable */
} sp_variable_use;

/** An expanded word. */
typedef struct sp_value {
    sp_str text; /* as written */
    sp_span span;
    sp_str value;   /* when known */
    sp_str shape;   /* when not known: the known parts, each unknown run one NUL byte; when known: the value */
    sp_str error;   /* of a failed one, in our words; else "" */
    sp_str refusal; /* of a failed one, in BuildKit's; "" where only ours fails */
    const sp_variable_use *variables;
    uint32_t variable_count;
    bool known;         /* `value` is what BuildKit would see; a default counts as known */
    bool is_default;    /* known, but a build argument that was not given may change it */
    bool failed;        /* BuildKit refuses the word */
    bool fails_unknown; /* whether it fails hangs on an argument nobody gave; then not `failed` */
} sp_value;

typedef enum sp_expand_mode {
    SP_EXPAND_WORD, /* one word in, one out */
    SP_EXPAND_BODY  /* a COPY/ADD heredoc body: quotes are ordinary, the escape is always '\\' */
} sp_expand_mode;

/** Expands a word. Needs a recovery point on the arena. `line` locates variables inside the word (NULL: all at the
    word's own span). */
sp_value sp_expand(sp_arena *arena, const sp_line *line, sp_word word, char escape, sp_expand_mode mode,
                   sp_lookup lookup, void *payload);

/** Expands in word-splitting mode (EXPOSE): one value a resulting word, appended to `out`. */
typedef SP_LIST(sp_value) sp_values;
void sp_expand_split(sp_arena *arena, const sp_line *line, sp_word word, char escape, sp_lookup lookup, void *payload,
                     sp_values *out);

/** A value that is its own text: nothing to expand. */
sp_value sp_value_literal(sp_word word);

#endif
