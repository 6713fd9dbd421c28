/* What the reader of ${name…} and its operators share. */
#ifndef SP_DOCKERFILE_OPERATOR_H
#define SP_DOCKERFILE_OPERATOR_H

#include "dockerfile/lexer.h"

/** One ${name…} that is being read. */
typedef struct sp_substitution {
    const char *dollar;
    sp_str name;
    sp_variable variable;
    uint32_t use;       /* of the variable, in lexer->uses */
    sp_lexer_mark mark; /* where its word starts in the result */
    bool colon;
} sp_substitution;

/** Appends what a variable is: its value, or as much of it as is known. */
bool sp_lexer__append_value(sp_lexer *lexer, const sp_variable *variable);

/** Puts what the operator makes of the variable in the place of the word, which the result ends with; false when
   BuildKit would refuse it. `modifier` is the operator as written. */
bool sp_operator__finish(sp_lexer *lexer, const sp_substitution *at, sp_str modifier);

/** The same for ${name/pattern/replacement}; `middle` is where in the result the replacement begins. */
bool sp_operator__finish_replace(sp_lexer *lexer, const sp_substitution *at, size_t middle, bool all);

/** Refuses what is no operator; always false. */
bool sp_operator__refuse(sp_lexer *lexer, sp_str modifier);

#endif
