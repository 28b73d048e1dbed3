#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include "cncurses.h"

#include <wchar.h>

int cnc_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
