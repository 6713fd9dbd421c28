/* The vocabulary of what a filesystem can contain, and sets of it. The rows are in capability.def. */
#ifndef SP_FACTS_CAPABILITY_H
#define SP_FACTS_CAPABILITY_H

#include "base/str.h"

typedef enum sp_capability {
#define SP_CAPABILITY(ID, name, class, places, sentence) SP_CAPABILITY_##ID,
#include "facts/capability.def"
    SP_CAPABILITY_COUNT
} sp_capability;

/** A set of capabilities. */
typedef struct sp_capabilities {
    uint64_t words[(SP_CAPABILITY_COUNT + 63) / 64];
} sp_capabilities;

static inline bool sp_capabilities__has(const sp_capabilities *set, uint32_t capability)
{
    return (set->words[capability / 64] >> capability % 64 & 1u) != 0;
}

static inline void sp_capabilities__add(sp_capabilities *set, uint32_t capability)
{
    set->words[capability / 64] |= (uint64_t)1 << capability % 64;
}

static inline void sp_capabilities__remove(sp_capabilities *set, uint32_t capability)
{
    set->words[capability / 64] &= ~((uint64_t)1 << capability % 64);
}

/** The next member from `capability` on, or SP_CAPABILITY_COUNT. */
uint32_t sp_capabilities__next(const sp_capabilities *set, uint32_t capability);

void sp_capabilities__join(sp_capabilities *set, const sp_capabilities *more);

/** The capability of that name, or SP_CAPABILITY_COUNT. */
uint32_t sp_capability__find(sp_str name);

sp_str sp_capability__name(uint32_t capability);

/** Its places, separated by blanks; "" when it is spread over /usr. */
sp_str sp_capability__places(uint32_t capability);

/** The capabilities named in a text, separated by blanks, with what they bring along. */
sp_capabilities sp_capabilities__of(const char *names);

/** The same of a list that ends with NULL. */
sp_capabilities sp_capabilities__of_list(const char *const *names);

/** The capabilities that a question asks for: by name or by class. */
sp_capabilities sp_capabilities__asked(const sp_str *names, size_t count);

#endif
