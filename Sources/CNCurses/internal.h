#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H

#define _GNU_SOURCE 1
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include "cncurses.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/types.h>
#include <termios.h>

/// The one screen of this process.
typedef struct {
    /// The screen was opened and not closed.
    bool open;
    /// ncurses owns the terminal now: false while stopped or while another program runs.
    volatile sig_atomic_t shown;
    /// The terminal is gone; nothing can be read or sent.
    bool lost;
    pid_t process;
    pthread_t thread;

    FILE *input;
    FILE *output;
    int input_descriptor;
    int output_descriptor;
    /// The same terminal once more, for leaving when `output_descriptor` was pointed elsewhere.
    int spare_descriptor;
    int null_descriptor;
    /// Output was pointed at nothing, so that a terminal that takes none cannot hold the end up.
    volatile sig_atomic_t detached;
    volatile sig_atomic_t flushing;

    /// As found, for leaving.
    struct termios found;
    bool utf8;
    bool colour;
    bool default_colours;
    bool mouse;
    /// The terminal's language is that of ECMA-48: modes and mouse reports can be asked for.
    bool ansi;
    bool cursor_shown;

    int signal_pipe[2];
    _Atomic unsigned pending;

    /// Standard output and error as found, -1 when they are not captured, and where they go meanwhile.
    int saved_output;
    int saved_error;
    int captured;

    int count_descriptor;
    long frame_bytes;

    /// Everything that leaves the terminal usable, ready to be sent by a signal handler.
    char farewell[512];
    size_t farewell_length;
} cnc_screen;

extern cnc_screen cnc;

bool cnc_locale_is_utf8(void);

// modes.c
void cnc_modes_on(void);
void cnc_modes_off(void);
void cnc_prepare_farewell(void);
/// Sends the farewell and restores the terminal's settings. Safe in a signal handler.
void cnc_send_farewell(void);
/// Leaves for a while, or for good: then a terminal that takes no output is not waited for. `cnc_enter` comes back, and
/// keeps the settings that it finds for the next leaving if told so.
void cnc_leave(bool for_good);
void cnc_enter(bool keep_found);
/// Sets terminal settings though this process may be in the background. Safe in a signal handler.
void cnc_set_termios(int descriptor, const struct termios *settings);
/// Sends all, or gives up after `limit_ms`. Safe in a signal handler.
void cnc_send(int descriptor, const char *bytes, size_t count, int limit_ms);

// signals.c
bool cnc_signals_install(void);
void cnc_signals_restore(void);
void cnc_default_stop(bool on);
void cnc_drain_signal_pipe(void);

// capture.c
void cnc_capture_start(void);
void cnc_capture_trim(void);
/// Gives standard output and error back and writes what was kept. Safe in a signal handler.
void cnc_capture_end(void);

#endif
