/* Text as a terminal shows it: nothing that moves the cursor or hides anything gets through, and widths are known. */
#ifndef SP_REPORT_CELLS_H
#define SP_REPORT_CELLS_H

#include "base/buf.h"

/** Whether a terminal obeys the code point instead of showing it: controls, and what reorders or hides its neighbours.
 */
bool sp_point_is_unsafe(uint32_t point);

/** Whether a CI system that reads logs finds a command at the start of the text, which begins with '#': GitHub's runner
    and Azure's agent do so anywhere in a line. */
bool sp_text_is_command(sp_str text);

/** One character, ready to be shown. */
typedef struct sp_cell {
    char text[16];  /* not NUL-terminated */
    uint32_t size;  /* of it in bytes */
    uint32_t width; /* terminal columns */
} sp_cell;

/** The character at the start of `text` (which is not empty) as it may be shown; gives its size in the source. Control
    characters, bytes that are not UTF-8 and characters that reorder or hide text become \xNN, a byte each; so does the
   first byte of a command that a CI system would find in its log. */
size_t sp_cell_read(sp_str text, sp_cell *out);

/** Appends a text so. */
void sp_cells_write(sp_buf *out, sp_str text);

#endif
