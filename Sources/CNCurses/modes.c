#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// Bracketed paste, and mouse reports with decimal coordinates. ncurses manages neither of them for us.
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";

static long now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void cnc_send(int descriptor, const char *bytes, size_t count, int limit_ms) {
    long end = now_ms() + limit_ms;
    while (count > 0) {
        struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
        long left = end - now_ms();
        if (left < 0) return;
        int polled = poll(&ready, 1, (int)left);
        if (polled < 0 && errno == EINTR) continue;
        if (polled <= 0 || (ready.revents & (POLLERR | POLLHUP | POLLNVAL))) return;
        // A terminal whose buffer is nearly full accepts little at a time; small pieces keep this from blocking.
        ssize_t sent = write(descriptor, bytes, count < 256 ? count : 256);
        if (sent < 0 && errno != EINTR && errno != EAGAIN) return;
        if (sent > 0) {
            bytes += sent;
            count -= (size_t)sent;
        }
    }
}

void cnc_set_termios(int descriptor, const struct termios *settings) {
    sigset_t stop, found;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &stop, &found);
    // Do not drain first, because a terminal that accepts no output would block this process.
    tcsetattr(descriptor, TCSANOW, settings);
    pthread_sigmask(SIG_SETMASK, &found, NULL);
}

void cnc_modes_on(void) {
    if (!cnc.ansi || cnc.lost) return;
    cnc_send(cnc.output_descriptor, paste_on, sizeof paste_on - 1, 1000);
    if (cnc.mouse) cnc_send(cnc.output_descriptor, mouse_on, sizeof mouse_on - 1, 1000);
}

void cnc_modes_off(void) {
    if (!cnc.ansi || cnc.lost) return;
    if (cnc.mouse) cnc_send(cnc.output_descriptor, mouse_off, sizeof mouse_off - 1, 1000);
    cnc_send(cnc.output_descriptor, paste_off, sizeof paste_off - 1, 1000);
}

static void farewell_append(const char *text) {
    if (text == NULL || text == (const char *)-1) return;
    while (*text != 0 && cnc.farewell_length < sizeof cnc.farewell - 1) {
        // Delays, `$<5>`, are for terminals slower than any that is left.
        if (text[0] == '$' && text[1] == '<') {
            const char *end = strchr(text, '>');
            if (end != NULL) {
                text = end + 1;
                continue;
            }
        }
        cnc.farewell[cnc.farewell_length++] = *text++;
    }
}

/// On a terminal without an alternate screen, the shell's prompt would be drawn over the last frame.
static void clear_last_row(void) {
    const char *other = tigetstr("rmcup"), *clear = tigetstr("el");
    if (cnc.lost || (other != NULL && other != (const char *)-1)) return;
    if (clear == NULL || clear == (const char *)-1) return;
    // Without the delay behind it, `$<3>`.
    cnc_send(cnc.output_descriptor, "\r", 1, 300);
    cnc_send(cnc.output_descriptor, clear, strcspn(clear, "$"), 300);
}

void cnc_prepare_farewell(void) {
    cnc.farewell_length = 0;
    if (cnc.ansi) {
        // End the sequence in which a frame was cut off.
        farewell_append("\033\\");
        farewell_append(mouse_off);
        farewell_append(paste_off);
        farewell_append("\033[r");
    }
    farewell_append(tigetstr("sgr0"));
    if (cnc.colour) farewell_append(tigetstr("op"));
    farewell_append(tigetstr("cnorm"));
    if (cnc.ansi) farewell_append("\033[999;1H\r\n");
    farewell_append(tigetstr("rmcup"));
}

void cnc_send_farewell(void) {
    if (!cnc.shown || cnc.lost) return;
    cnc.shown = 0;
    if (cnc.detached) dup2(cnc.spare_descriptor, cnc.output_descriptor);
    cnc_send(cnc.output_descriptor, cnc.farewell, cnc.farewell_length, 300);
    cnc_set_termios(cnc.output_descriptor, &cnc.found);
}

void cnc_leave(bool for_good) {
    if (!cnc.shown) return;
    struct pollfd ready = {.fd = cnc.output_descriptor, .events = POLLOUT};
    if (cnc.detached || (for_good && poll(&ready, 1, 300) == 0)) {
        cnc_send_farewell();
        // The rest of ncurses' output is discarded.
        if (cnc.null_descriptor >= 0) dup2(cnc.null_descriptor, cnc.output_descriptor);
        endwin();
        if (cnc.spare_descriptor >= 0) dup2(cnc.spare_descriptor, cnc.output_descriptor);
        if (!cnc.lost) cnc_set_termios(cnc.output_descriptor, &cnc.found);
        return;
    }
    cnc_modes_off();
    cnc.flushing = 1;
    endwin();
    cnc.flushing = 0;
    clear_last_row();
    if (!cnc.lost) cnc_set_termios(cnc.output_descriptor, &cnc.found);
    cnc.shown = 0;
}

void cnc_enter(bool keep_found) {
    if (cnc.shown || cnc.lost) return;
    if (keep_found && tcgetattr(cnc.input_descriptor, &cnc.found) == 0) def_shell_mode();
    reset_prog_mode();
    cnc.shown = 1;
    cnc_resize();
    clearok(curscr, TRUE);
    doupdate();
    if (!cnc.cursor_shown) curs_set(0);
    cnc_modes_on();
}

void cnc_use_mouse(bool on) {
    if (!cnc.open || on == cnc.mouse || (on && !cnc_has_mouse())) return;
    if (on) {
        cnc.mouse = true;
        if (cnc.shown) cnc_send(cnc.output_descriptor, mouse_on, sizeof mouse_on - 1, 1000);
    } else {
        if (cnc.shown) cnc_send(cnc.output_descriptor, mouse_off, sizeof mouse_off - 1, 1000);
        cnc.mouse = false;
    }
}

bool cnc_has_mouse(void) {
    const char *reports = cnc.open && cnc.ansi ? tigetstr("kmous") : NULL;
    return reports != NULL && reports != (const char *)-1;
}
