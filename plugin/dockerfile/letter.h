/* Characters of variable names. */
#ifndef SP_DOCKERFILE_LETTER_H
#define SP_DOCKERFILE_LETTER_H

#include <stdbool.h>
#include <stdint.h>

/** A letter of any alphabet. */
bool sp_is_letter(uint32_t point);

/** A decimal digit of any script. */
bool sp_is_digit(uint32_t point);

#endif
