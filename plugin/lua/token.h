/* The words of a Lua file. Only files that compile are cut: what could go wrong is not looked at. */
#ifndef SP_LUA_TOKEN_H
#define SP_LUA_TOKEN_H

#include "base/list.h"

typedef enum sp_token_kind {
    SP_TOKEN_END,
    SP_TOKEN_NAME, /* keywords too */
    SP_TOKEN_STRING,
    SP_TOKEN_NUMBER,
    SP_TOKEN_SIGN
} sp_token_kind;

typedef struct sp_token {
    sp_token_kind kind;
    uint32_t offset;
    sp_str text; /* of a string what stands between the quotes, as written */
} sp_token;

typedef SP_LIST(sp_token) sp_tokens;

/** Cuts a text; the last token is SP_TOKEN_END. Needs a recovery point. */
void sp_tokens_read(sp_arena *arena, sp_str text, sp_tokens *out);

/** Whether a token is that name, keyword or sign. */
static inline bool sp_token_is(const sp_token *token, const char *text)
{
    return (token->kind == SP_TOKEN_NAME || token->kind == SP_TOKEN_SIGN) && sp_str_is(token->text, text);
}

#endif
