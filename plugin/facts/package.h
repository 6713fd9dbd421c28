/* Which capabilities a package brings, by the name that its manager knows it by. The rows are in package.def and
   package_apt.def. */
#ifndef SP_FACTS_PACKAGE_H
#define SP_FACTS_PACKAGE_H

#include "facts/capability.h"

/** What installing a package brings. */
typedef struct sp_package_capabilities {
    sp_capabilities own;         /* by its own files */
    sp_capabilities brought;     /* by what it depends on, where removing it leaves that behind (apt) */
    sp_capabilities recommended; /* by what comes along unless refused (apt) */
} sp_package_capabilities;

/** What a package brings; all empty for one that is not in the tables. Unknown parts of the
    name are NUL bytes. */
sp_package_capabilities sp_package__capabilities(sp_str manager, sp_str name);

/** Whether two managers install the same packages: apt and dpkg, npm and yarn. */
bool sp_package__same_family(sp_str one, sp_str other);

/** The packages of the tables that cannot be without one, separated by blanks: removing it removes them. */
sp_str sp_package__dependents(sp_str manager, sp_str name);

/** Whether removing a package leaves behind what it depended on until somebody says autoremove. */
bool sp_package__leaves_dependencies(sp_str manager);

#endif
