#include "cncurses.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void cnc_return_freed_memory(void) {
#ifdef __GLIBC__
    // Both grow with what a program once needed, unless they are set.
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
    mallopt(M_TRIM_THRESHOLD, 128 << 10);
#endif
}
