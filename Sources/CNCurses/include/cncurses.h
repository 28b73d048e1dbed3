#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Columns of a scalar in the current locale: 0, 1 or 2; -1 when it cannot be printed.
int cnc_width(uint32_t scalar);

#endif
