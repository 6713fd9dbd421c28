/* Dates as people write them, "2026-11-25": in this form they are in order when their texts are. */
#ifndef SP_BASE_DATE_H
#define SP_BASE_DATE_H

#include "base/str.h"

/** Whether a text is a day of the calendar: four digits, two, two, with '-' between. */
bool sp_date_is_valid(sp_str text);

#endif
