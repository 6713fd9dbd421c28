/* JSON as it is written, without a tree of it in memory: containers one item a line, or all on one. */
#ifndef SP_REPORT_JSON_OUT_H
#define SP_REPORT_JSON_OUT_H

#include "base/buf.h"

/** A text under way; zero but for `out` is its beginning. */
typedef struct sp_json_out {
    sp_buf *out;
    uint32_t depth; /* open containers */
    uint32_t flat;  /* depth of the outermost container that is written on one line; 0: none */
    bool filled;    /* something stands before the next item in its container */
} sp_json_out;

/** How a container is laid out. */
typedef enum sp_json_layout { SP_JSON_LINES, SP_JSON_FLAT } sp_json_layout;

/** Open and close an object or array. `key` is NULL for items of an array and the outermost value. */
void sp_json_object(sp_json_out *json, const char *key, sp_json_layout layout);
void sp_json_array(sp_json_out *json, const char *key, sp_json_layout layout);
void sp_json_end_object(sp_json_out *json);
void sp_json_end_array(sp_json_out *json);

/** Scalars. Of a text, bytes that are not UTF-8 become U+FFFD, one each. */
void sp_json_text(sp_json_out *json, const char *key, sp_str text);
void sp_json_number(sp_json_out *json, const char *key, uint64_t number);
void sp_json_bool(sp_json_out *json, const char *key, bool value);
void sp_json_null(sp_json_out *json, const char *key);

/** A text that was put together in a buffer, which is empty afterwards; the text under way fails when that did. */
void sp_json_made(sp_json_out *json, const char *key, sp_buf *made);

#endif
