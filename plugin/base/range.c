/* Searching a table of ranges. */
#include "base/range.h"

bool sp_ranges_have(const sp_range *ranges, size_t count, uint32_t number)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[middle].last < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ranges[low].first <= number;
}
