/* What reads JSON in a Dockerfile: the exec form, and directives in an object. */
#ifndef SP_DOCKERFILE_JSON_H
#define SP_DOCKERFILE_JSON_H

#include "dockerfile/parser.h"

typedef struct sp_json_reader {
    const char *next, *end;
} sp_json_reader;

/* blanks = { " " | TAB | CR | LF } */
static inline void sp_json__skip_blanks(sp_json_reader *json)
{
    while (json->next < json->end &&
           (*json->next == ' ' || *json->next == '\t' || *json->next == '\r' || *json->next == '\n'))
        json->next++;
}

/** Takes the byte when it is next. */
static inline bool sp_json__take(sp_json_reader *json, char byte)
{
    if (json->next == json->end || *json->next != byte)
        return false;
    json->next++;
    return true;
}

/** Reads a string; `content` is what stands between its quotes, `plain` becomes false where that must be decoded. */
bool sp_json__read_string(sp_json_reader *json, sp_str *content, bool *plain);

/** The text that the content of a string stands for. */
sp_str sp_json__decode(sp_arena *arena, sp_str content);

/** Reads a number (json_number.c). */
bool sp_json__read_number(sp_json_reader *json);

/** What an array is, whose elements before `next` are strings: OTHER when valid to the end, else NONE. */
sp_json sp_json__judge_rest(sp_json_reader *json);

#endif
