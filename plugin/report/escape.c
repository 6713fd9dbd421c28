/* Foreign text in the languages of other tools: a table a language. */
#include "report/escape.h"

typedef struct replacement {
    const char *from, *to;
} replacement;

/* What stands for the start of a text, or NULL. The table ends with an empty row. */
static const replacement *find(const replacement *table, sp_str text)
{
    for (; table->from != NULL; table++) {
        if (table->from[0] == text.text[0] && sp_str_starts(text, sp_str_from(table->from)))
            return table;
    }
    return NULL;
}

static void write_replaced(sp_buf *out, sp_str text, const replacement *table)
{
    size_t kept = 0, i = 0;
    while (i < text.size) {
        const replacement *row = find(table, sp_str_skip(text, i));
        if (row == NULL) {
            i++;
            continue;
        }
        sp_buf_add(out, (sp_str){text.text + kept, i - kept});
        sp_buf_text(out, row->to);
        kept = i += strlen(row->from);
    }
    sp_buf_add(out, sp_str_skip(text, kept));
}

/* XML has no way to write U+FFFE and U+FFFF. */
void sp_escape_xml(sp_buf *out, sp_str text)
{
    static const replacement table[] = {{"&", "&amp;"},
                                        {"<", "&lt;"},
                                        {">", "&gt;"},
                                        {"\"", "&quot;"},
                                        {"'", "&#39;"},
                                        {"\xEF\xBF\xBE", "\xEF\xBF\xBD"},
                                        {"\xEF\xBF\xBF", "\xEF\xBF\xBD"},
                                        {NULL, NULL}};
    write_replaced(out, text, table);
}

void sp_escape_command(sp_buf *out, sp_str text)
{
    static const replacement table[] = {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}, {NULL, NULL}};
    write_replaced(out, text, table);
}

void sp_escape_property(sp_buf *out, sp_str text)
{
    static const replacement table[] = {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"},
                                        {":", "%3A"}, {",", "%2C"},  {NULL, NULL}};
    write_replaced(out, text, table);
}

void sp_escape_sarif(sp_buf *out, sp_str text)
{
    static const replacement table[] = {{"[", "\\["}, {"]", "\\]"}, {"\\", "\\\\"}, {NULL, NULL}};
    write_replaced(out, text, table);
}

static bool is_unreserved(char byte)
{
    bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return letter || (byte >= '0' && byte <= '9') || (byte != '\0' && strchr("-._~/", byte) != NULL);
}

void sp_escape_uri(sp_buf *out, sp_str path)
{
    if (sp_str_starts(path, SP_STR("/")))
        sp_buf_text(out, "file://");
    for (size_t i = 0; i < path.size; i++) {
        if (is_unreserved(path.text[i]))
            sp_buf_byte(out, path.text[i]);
        else
            sp_buf_print(out, "%%%02X", (unsigned)(unsigned char)path.text[i]);
    }
}

/* The longest run of backticks. */
static size_t longest_run(sp_str text)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.size; i++) {
        run = text.text[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void write_fence(sp_buf *out, size_t size)
{
    for (size_t i = 0; i < size; i++)
        sp_buf_byte(out, '`');
}

/* A table takes "\|" for a bar; what it makes of "\\|" differs. */
static void write_cell(sp_buf *out, sp_str line)
{
    for (size_t i = 0; i < line.size; i++) {
        bool bar = line.text[i] == '|';
        if (bar && i > 0 && line.text[i - 1] == '\\')
            sp_buf_text(out, "x7c");
        else if (bar)
            sp_buf_text(out, "\\|");
        else
            sp_buf_byte(out, line.text[i]);
    }
}

void sp_escape_code(sp_buf *out, sp_str line, bool cell)
{
    if (line.size == 0)
        return;
    size_t fence = longest_run(line) + 1;
    bool padded = line.text[0] == '`' || line.text[line.size - 1] == '`' || line.text[0] == ' ';
    write_fence(out, fence);
    sp_buf_text(out, padded ? " " : "");
    if (cell)
        write_cell(out, line);
    else
        sp_buf_add(out, line);
    sp_buf_text(out, padded ? " " : "");
    write_fence(out, fence);
}

void sp_escape_block(sp_buf *out, sp_str lines)
{
    size_t run = longest_run(lines);
    size_t fence = run < 3 ? 3 : run + 1;
    write_fence(out, fence);
    sp_buf_text(out, "text\n");
    sp_buf_add(out, lines);
    sp_buf_text(out, sp_str_ends(lines, SP_STR("\n")) ? "" : "\n");
    write_fence(out, fence);
    sp_buf_text(out, "\n");
}

void sp_escape_cut(sp_buf *text, size_t most)
{
    if (text->size <= most || text->failed)
        return;
    text->size = sp_str_brief(sp_buf_str(text), most - strlen("…")).size;
    sp_buf_text(text, "…");
}
