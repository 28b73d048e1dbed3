#include "cncurses.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void cnc_return_freed_memory(void) {
#ifdef __GLIBC__
    // Unless they are set, both grow with the largest block that the program needed.
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
    mallopt(M_TRIM_THRESHOLD, 128 << 10);
#endif
}
