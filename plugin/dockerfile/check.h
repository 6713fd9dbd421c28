/* Checks of the instruction layer that have a file of their own. */
#ifndef SP_DOCKERFILE_CHECK_H
#define SP_DOCKERFILE_CHECK_H

#include "dockerfile/parser.h"

/** Flags of RUN: devices, mounts, network, security; fills as.run. */
void sp_check__run(sp_parser *parser, sp_instruction *run);

/** HEALTHCHECK: its type, flags and command; the type word leaves the arguments. */
void sp_check__healthcheck(sp_parser *parser, sp_instruction *healthcheck);

#endif
