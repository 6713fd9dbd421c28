/* Making characters safe to show, and measuring them. */
#include "report/cells.h"

#include "source/utf8.h"

#include <stdio.h>

typedef struct range {
    uint32_t first, last;
} range;

/* Characters that a terminal obeys instead of showing: controls, and those that reorder or hide their neighbours. */
static const range unsafe[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200B},
    {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

/* Characters drawn over the one before them. */
static const range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200C, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};

/* Characters of two columns: East Asian ones and pictures. */
static const range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C}, {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

static bool is_in(const range *ranges, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count && point >= ranges[i].first; i++) {
        if (point <= ranges[i].last)
            return true;
    }
    return false;
}

#define IS_IN(ranges, point) is_in((ranges), sizeof(ranges) / sizeof *(ranges), (point))

bool sp_point_is_unsafe(uint32_t point)
{
    return IS_IN(unsafe, point);
}

static void escape(sp_str bytes, sp_cell *out)
{
    out->size = 0;
    for (size_t i = 0; i < bytes.size && i < 4; i++) {
        char shown[5];
        snprintf(shown, sizeof shown, "\\x%02x", (unsigned)(unsigned char)bytes.text[i]);
        memcpy(out->text + out->size, shown, 4);
        out->size += 4;
    }
    out->width = out->size;
}

bool sp_text_is_command(sp_str text)
{
    static const char *const commands[] = {"##[", "##vso[", "##teamcity["};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (sp_str_starts(text, sp_str_from(commands[i])))
            return true;
    }
    return false;
}

size_t sp_cell_read(sp_str text, sp_cell *out)
{
    unsigned char first = (unsigned char)text.text[0];
    if (first == '#' && sp_text_is_command(text)) {
        escape(sp_str_head(text, 1), out);
        return 1;
    }
    if (first >= 0x20 && first < 0x7F) {
        *out = (sp_cell){.text = {text.text[0]}, .size = 1, .width = 1};
        return 1;
    }
    uint32_t size = 0;
    uint32_t point = sp_utf8_decode(text.text, text.text + text.size, &size);
    bool broken = point == SP_UTF8_REPLACEMENT && size == 1;
    if (broken || sp_point_is_unsafe(point)) {
        escape(sp_str_head(text, size), out);
        return size;
    }
    memcpy(out->text, text.text, size);
    out->size = size;
    out->width = IS_IN(combining, point) ? 0 : IS_IN(wide, point) ? 2 : 1;
    return size;
}

void sp_cells_write(sp_buf *out, sp_str text)
{
    while (text.size > 0) {
        size_t plain = 0;
        while (plain < text.size && text.text[plain] >= 0x20 && text.text[plain] < 0x7F && text.text[plain] != '#')
            plain++;
        sp_buf_add(out, sp_str_head(text, plain));
        text = sp_str_skip(text, plain);
        if (text.size == 0)
            return;
        sp_cell cell;
        text = sp_str_skip(text, sp_cell_read(text, &cell));
        sp_buf_add(out, (sp_str){cell.text, cell.size});
    }
}
