/* Foreign text in the languages of other tools, so that it is text there and nothing else. What these take is safe for
   a terminal already (report/cells.h), but for line ends, which mean what they do there. */
#ifndef SP_REPORT_ESCAPE_H
#define SP_REPORT_ESCAPE_H

#include "base/buf.h"

/** Text or an attribute of XML and HTML. */
void sp_escape_xml(sp_buf *out, sp_str text);

/** The message of a GitHub workflow command, and the value of one of its properties. */
void sp_escape_command(sp_buf *out, sp_str text);
void sp_escape_property(sp_buf *out, sp_str text);

/** A plain message of SARIF, in which [this](1) would be a link. */
void sp_escape_sarif(sp_buf *out, sp_str text);

/** Any path as a reference of RFC 3986: absolute ones as a file: URI. */
void sp_escape_uri(sp_buf *out, sp_str path);

/** One line as code in Markdown, where nothing mentions, links or is markup; `cell`: of a table. */
void sp_escape_code(sp_buf *out, sp_str line, bool cell);

/** Lines as a block of code in Markdown. */
void sp_escape_block(sp_buf *out, sp_str lines);

/** Cuts a text that is longer than `most` bytes between characters, and ends it with "…". */
void sp_escape_cut(sp_buf *text, size_t most);

#endif
