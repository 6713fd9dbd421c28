/* Report paths as seen from a folder. */
#ifndef SP_REPORT_PATH_H
#define SP_REPORT_PATH_H

#include "base/buf.h"

/** Appends `path` relative to `folder` (both as reports call them; "" is the top), made safe to show. A path that
    starts with '/' is shown as it is, unless the folder starts so too; one that begins like a command to a CI system
    has "./" before it. */
void sp_path_write(sp_buf *out, sp_str folder, sp_str path);

#endif
