/* Tables of ranges of numbers, as those of code points are. */
#ifndef SP_BASE_RANGE_H
#define SP_BASE_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** From `first` to `last`, both of them in it. */
typedef struct sp_range {
    uint32_t first, last;
} sp_range;

/** Whether one of the ranges, which are in order and apart, has the number. */
bool sp_ranges_have(const sp_range *ranges, size_t count, uint32_t number);

#endif
