/* Whether BuildKit accepts a text as what it is meant to be, once its variables are replaced. */
#ifndef SP_GRAPH_CHECK_H
#define SP_GRAPH_CHECK_H

#include "base/str.h"

/** A stage name that could also name a build context: an image name without a tag. */
bool sp_check__is_context_name(sp_str text);

/** --chmod: octal up to 07777, or symbolic as chmod(1) has it. */
bool sp_check__is_mode(sp_str text);

/** --chown whose parts are numbers (or "root"), which --link needs. */
bool sp_check__is_numeric_owner(sp_str text);

/** EXPOSE: [[ip:]hostport:]port[-port][/tcp|udp|sctp] */
bool sp_check__is_port(sp_str text);

/** An IPv4 or IPv6 address, in brackets or without. */
bool sp_check_is_address(sp_str text);

/** STOPSIGNAL: a number other than 0, or a name of Linux with or without SIG. */
bool sp_check__is_signal(sp_str text);

/** A count of bytes as Docker writes it: 64m, 1.5GiB, 100. */
bool sp_check__is_size(sp_str text);

/** Digits of a base, 32 bits at most. */
bool sp_check__is_number(sp_str text, unsigned base);

#endif
