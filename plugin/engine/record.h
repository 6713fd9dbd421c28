/* What the results say of a file itself: in which ways it was built, and what is wrong with it. */
#ifndef SP_ENGINE_RECORD_H
#define SP_ENGINE_RECORD_H

#include "engine/run.h"
#include "result/results.h"

/** Adds a way in which the file was built, and the diagnostics of its graph; with the first, those of its document.
    Texts are copied into the arena. */
void sp_record_build(sp_arena *arena, sp_result_file *file, const sp_way *way, const sp_graph *graph);

/** Puts the diagnostics in order of place; what several builds say alike is said once. */
void sp_record_finish(sp_result_file *file);

/** The one diagnostic of a file that could not be read. */
void sp_record_unreadable(sp_arena *arena, sp_result_file *file, sp_str reason);

#endif
