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
    /// Whether the screen is open.
    bool open;
    /// Whether ncurses owns the terminal: false while stopped or while another program runs.
    volatile sig_atomic_t shown;
    /// Whether the terminal was lost, so that nothing can be read or sent.
    bool lost;
    pid_t process;
    pthread_t thread;

    FILE *input;
    FILE *output;
    int input_descriptor;
    int output_descriptor;
    /// A second descriptor of the terminal, for leaving when `output_descriptor` was redirected.
    int spare_descriptor;
    int null_descriptor;
    /// Whether output is discarded, so that a terminal that accepts none cannot block the end.
    volatile sig_atomic_t detached;
    volatile sig_atomic_t flushing;

    /// The settings before opening, for leaving.
    struct termios found;
    bool utf8;
    bool colour;
    bool default_colours;
    bool mouse;
    /// Whether the terminal understands ECMA-48, so that modes and mouse reports can be requested.
    bool ansi;
    bool cursor_shown;

    int signal_pipe[2];
    _Atomic unsigned pending;

    /// Standard output and error before opening, -1 if they are not captured, and their destination meanwhile.
    int saved_output;
    int saved_error;
    int captured;

    int count_descriptor;
    long frame_bytes;

    /// The bytes that leave the terminal usable, ready for a signal handler.
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
/// Leaves the screen, for a time or finally; a final leaving does not wait for a terminal that accepts no output.
/// `cnc_enter` enters it again, and on request keeps the settings that it finds for the next leaving.
void cnc_leave(bool for_good);
void cnc_enter(bool keep_found);
/// Sets terminal settings, even if this process is in the background. Safe in a signal handler.
void cnc_set_termios(int descriptor, const struct termios *settings);
/// Sends all bytes, or gives up after `limit_ms`. Safe in a signal handler.
void cnc_send(int descriptor, const char *bytes, size_t count, int limit_ms);

// signals.c
bool cnc_signals_install(void);
void cnc_signals_restore(void);
void cnc_default_stop(bool on);
void cnc_drain_signal_pipe(void);

// capture.c
void cnc_capture_start(void);
void cnc_capture_trim(void);
/// Restores standard output and error and writes the kept output. Safe in a signal handler.
void cnc_capture_end(void);

#endif
