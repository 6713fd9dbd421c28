/* libstagepolicy: does a Dockerfile's stage graph obey an organisation's policies, and if not, where and why?

   engine (policies and configuration) → run (Dockerfiles, arguments, targets) → results (findings, verdict).
   There is no init call and no global state; the library never prints, exits, spawns a process, reads the
   environment or touches the network. This header only gathers the others. */
#ifndef STAGEPOLICY_STAGEPOLICY_H
#define STAGEPOLICY_STAGEPOLICY_H

#include <stagepolicy/engine.h>
#include <stagepolicy/export.h>
#include <stagepolicy/host.h>
#include <stagepolicy/results.h>
#include <stagepolicy/run.h>
#include <stagepolicy/types.h>
#include <stagepolicy/version.h>

#endif
