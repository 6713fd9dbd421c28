/* A platform in BuildKit's one spelling: os[(version+feature…)]/architecture[/variant]. */
#ifndef SP_GRAPH_PLATFORM_H
#define SP_GRAPH_PLATFORM_H

#include "base/arena.h"

/** A platform and its parts, all in an arena. */
typedef struct sp_platform {
    sp_str os;           /* "linux": lower case, aliases replaced */
    sp_str os_version;   /* "10.0.17763.1"; "" without one */
    sp_str architecture; /* "arm"; "" when only the system was named: then it is that of the machine that builds */
    sp_str variant;      /* "v7"; "" where the architecture has none, or its usual one */
    sp_str text;         /* "linux/arm/v7"; an architecture that is not known is one NUL byte */
} sp_platform;

/** Reads os, architecture, os/architecture or os/architecture/variant, as --platform takes them. False where BuildKit
    would refuse it. */
bool sp_platform_parse(sp_arena *arena, sp_str text, sp_platform *out);

/** The platform that is meant by a text with a misspelled system or machine, "linux/arm64"; empty when there is nothing
    to suggest. */
sp_str sp_platform_meant(sp_arena *arena, sp_str text);

#endif
