/* A source line with the exact words underlined: tabs expanded, long lines cut around the words. */
#include "report/snippet.h"

#include "report/cells.h"

/* Terminal columns of a line at most, columns kept before the words when it is cut, and of a tab. */
enum { WIDEST = 160, BEFORE = 40, TAB = 4 };

/* The words in terminal columns, counted from the excerpt's first character. */
typedef struct extent {
    uint32_t start, end, total;
} extent;

/* The cell of the next character, a tab as the blanks up to its stop. */
static size_t read_cell(sp_str text, uint32_t column, sp_cell *out)
{
    if (text.text[0] != '\t')
        return sp_cell_read(text, out);
    out->size = out->width = TAB - column % TAB;
    memset(out->text, ' ', out->size);
    return 1;
}

static extent measure(const sp_located *at)
{
    uint32_t last = at->end.line == at->start.line ? at->end.column : UINT32_MAX;
    uint32_t character = at->excerpt_column, column = 0;
    extent words = {UINT32_MAX, UINT32_MAX, 0};
    sp_cell cell;
    for (sp_str text = at->excerpt; text.size > 0; character++) {
        if (character == at->start.column)
            words.start = column;
        if (character == last)
            words.end = column;
        text = sp_str_skip(text, read_cell(text, column, &cell));
        column += cell.width;
    }
    words.total = column;
    if (words.start > column)
        words.start = column;
    if (words.end > column)
        words.end = column;
    if (words.end <= words.start)
        words.end = words.start + 1;
    return words;
}

/* The columns of the line that are shown. */
static extent window_of(extent words)
{
    extent window = {0, words.total, words.total};
    if (words.total <= WIDEST)
        return window;
    window.start = words.start > BEFORE ? words.start - BEFORE : 0;
    if (window.start > words.total - WIDEST)
        window.start = words.total - WIDEST;
    window.end = window.start + WIDEST;
    return window;
}

static void gutter(sp_buf *out, uint32_t line, bool color)
{
    sp_style_write(out, SP_STYLE_FAINT, color);
    if (line > 0)
        sp_buf_print(out, "%5u | ", (unsigned)line);
    else
        sp_buf_text(out, "      | ");
    sp_style_write(out, SP_STYLE_PLAIN, color);
}

static void write_line(sp_buf *out, const sp_located *at, extent window, bool front, bool back)
{
    uint32_t column = 0;
    sp_cell cell;
    if (front)
        sp_buf_text(out, "…");
    for (sp_str text = at->excerpt; text.size > 0; column += cell.width) {
        text = sp_str_skip(text, read_cell(text, column, &cell));
        if (column >= window.start && column + cell.width <= window.end)
            sp_buf_add(out, (sp_str){cell.text, cell.size});
        else if (column < window.start && column + cell.width > window.start)
            sp_buf_print(out, "%*s", (int)(column + cell.width - window.start), "");
    }
    if (back)
        sp_buf_text(out, "…");
}

static void write_underline(sp_buf *out, extent words, extent window, bool front)
{
    sp_buf_print(out, "%*s", (int)(words.start - window.start) + front, "");
    sp_buf_byte(out, '^');
    uint32_t end = words.end < window.end ? words.end : window.end;
    for (uint32_t column = words.start + 1; column < end; column++)
        sp_buf_byte(out, '~');
}

void sp_snippet_write(sp_buf *out, const sp_located *at, sp_style style, bool color)
{
    if (!at->placed || at->excerpt.size == 0)
        return;
    extent words = measure(at), window = window_of(words);
    bool front = window.start > 0 || at->excerpt_column > 1;
    bool back = window.end < words.total || at->excerpt_cut;
    gutter(out, at->start.line, color);
    write_line(out, at, window, front, back);
    sp_buf_byte(out, '\n');
    gutter(out, 0, color);
    sp_style_write(out, style, color);
    write_underline(out, words, window, front);
    sp_style_write(out, SP_STYLE_PLAIN, color);
    sp_buf_byte(out, '\n');
}
