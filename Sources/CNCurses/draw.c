#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

int cnc_pair(int foreground, int background) {
    if (!cnc.open || !cnc.colour || (foreground < 0 && background < 0)) return 0;
    if (!cnc.default_colours) {
        if (foreground < 0) foreground = COLOR_WHITE;
        if (background < 0) background = COLOR_BLACK;
    }
    if (foreground >= COLORS || background >= COLORS) return 0;
    int pair = alloc_pair(foreground, background);
    return pair < 0 ? 0 : pair;
}

void cnc_begin(void) {
    if (cnc.open) werase(stdscr);
}

void cnc_run(
    int row, int column, const uint32_t *scalars, const uint8_t *lengths, int count, unsigned attributes, int pair) {
    if (!cnc.open) return;
    attr_t look = (attributes & CNC_BOLD ? WA_BOLD : 0) | (attributes & CNC_DIM ? WA_DIM : 0) |
                  (attributes & CNC_ITALIC ? WA_ITALIC : 0) | (attributes & CNC_UNDERLINE ? WA_UNDERLINE : 0) |
                  (attributes & CNC_REVERSE ? WA_REVERSE : 0);
    look &= term_attrs();
    cchar_t cells[128];
    int filled = 0, start = column;
    for (int index = 0; index < count; index++) {
        wchar_t text[CCHARW_MAX + 1];
        int length = 0;
        for (int part = 0; part < lengths[index]; part++) {
            if (length < CCHARW_MAX) text[length++] = (wchar_t)scalars[part];
        }
        scalars += lengths[index];
        if (length == 0) text[length++] = L' ';
        text[length] = 0;
        int columns = wcwidth(text[0]);
        if (columns < 1 || (!cnc.utf8 && text[0] > 0x7E)) {
            text[0] = L'?';
            text[1] = 0;
            columns = 1;
        }
        // The pair is passed in the last argument, because the short one ends at 32767.
        setcchar(&cells[filled], text, look, 0, &pair);
        filled++;
        column += columns;
        if (filled == (int)(sizeof cells / sizeof *cells) || index == count - 1) {
            mvwadd_wchnstr(stdscr, row, start, cells, filled);
            filled = 0;
            start = column;
        }
    }
}

/// The bytes that this thread has written so far.
static long written_bytes(void) {
    char text[512];
    if (cnc.count_descriptor < 0) return -1;
    ssize_t count = pread(cnc.count_descriptor, text, sizeof text - 1, 0);
    if (count <= 0) return -1;
    text[count] = 0;
    const char *line = strstr(text, "wchar: ");
    return line == NULL ? -1 : atol(line + strlen("wchar: "));
}

long cnc_flush(int cursor_row, int cursor_column) {
    if (!cnc.open || !cnc.shown || cnc.lost) return 0;
    struct timespec start, end;
    long before = written_bytes();
    clock_gettime(CLOCK_MONOTONIC, &start);
    cnc.flushing = 1;
    bool show = cursor_row >= 0 && cursor_row < LINES && cursor_column >= 0 && cursor_column < COLS;
    // A hidden cursor may stay at the last change.
    leaveok(stdscr, show ? FALSE : TRUE);
    if (show) wmove(stdscr, cursor_row, cursor_column);
    wnoutrefresh(stdscr);
    doupdate();
    if (show != cnc.cursor_shown) {
        curs_set(show ? 1 : 0);
        cnc.cursor_shown = show;
    }
    fflush(cnc.output);
    cnc.flushing = 0;
    clock_gettime(CLOCK_MONOTONIC, &end);
    long after = written_bytes();
    cnc.frame_bytes = before < 0 || after < 0 ? -1 : after - before;
    static unsigned frames = 0;
    if (++frames % 64 == 0) cnc_capture_trim();
    return (end.tv_sec - start.tv_sec) * 1000000L + (end.tv_nsec - start.tv_nsec) / 1000;
}

void cnc_invalidate(void) {
    if (cnc.open) clearok(curscr, TRUE);
}

bool cnc_writable(void) {
    if (!cnc.open || cnc.lost) return true;
    struct pollfd ready = {.fd = cnc.output_descriptor, .events = POLLOUT};
    return poll(&ready, 1, 0) != 0;
}

long cnc_frame_bytes(void) { return cnc.frame_bytes; }

void cnc_write_raw(const void *bytes, size_t count) {
    if (cnc.open && cnc.shown && !cnc.lost) cnc_send(cnc.output_descriptor, bytes, count, 2000);
}
