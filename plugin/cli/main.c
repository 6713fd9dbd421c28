/* The stagepolicy command. */
#include <stagepolicy/stagepolicy.h>

int main(void)
{
    return SP_USAGE;
}
