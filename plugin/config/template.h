/* Variables in a text, as compose fills them in: $NAME, ${NAME}, and with an operator ${NAME:-default}. */
#ifndef SP_CONFIG_TEMPLATE_H
#define SP_CONFIG_TEMPLATE_H

#include "config/declared.h"

/** What fills texts, one after the other; zero `unset`, and give `left` SP_LIMIT_FILLED_BYTES. */
typedef struct sp_template {
    sp_arena *arena;
    sp_declared_lookup lookup;
    void *payload;
    size_t left;           /* bytes that what is filled in may still come to */
    SP_LIST(sp_str) unset; /* variables that nobody gave and that have no default, of all texts so far */
    sp_str problem;        /* of a text that was refused: what is wrong with it */
} sp_template;

/** Fills the variables of a text in; `$$` is a dollar, a variable that nobody gave is blank. False with a problem for
    what compose refuses: a brace that is not closed or has no name, a required variable that nobody gave; and for what
    nests too deeply or becomes too large. Needs a recovery point. */
bool sp_template_fill(sp_template *filler, sp_str text, sp_str *out);

#endif
