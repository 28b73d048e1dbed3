#include "internal.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

cnc_screen cnc = {.signal_pipe = {-1, -1}, .saved_output = -1, .saved_error = -1, .captured = -1};

/// The largest screen that is drawn; the rest stays empty. A terminal may report 65535 by 65535.
enum { MOST_ROWS = 500, MOST_COLUMNS = 1000 };

bool cnc_set_locale(void) {
    // Only the character set, because numbers are also written for programs.
    if (setlocale(LC_CTYPE, "") == NULL) setlocale(LC_CTYPE, "C.UTF-8");
    return cnc_locale_is_utf8();
}

bool cnc_locale_is_utf8(void) {
    const char *name = nl_langinfo(CODESET);
    return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0;
}

int cnc_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

/// Opens the controlling terminal, so that standard input and output may be redirected; otherwise uses those.
static int open_terminal(int standard, int mode) {
    int descriptor = open("/dev/tty", mode | O_NOCTTY | O_CLOEXEC);
    if (descriptor >= 0) return descriptor;
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? fcntl(standard, F_DUPFD_CLOEXEC, 3) : -1;
}

static void close_descriptors(void) {
    if (cnc.input != NULL) fclose(cnc.input);
    if (cnc.output != NULL) fclose(cnc.output);
    cnc.input = cnc.output = NULL;
    if (cnc.spare_descriptor >= 0) close(cnc.spare_descriptor);
    if (cnc.null_descriptor >= 0) close(cnc.null_descriptor);
    if (cnc.count_descriptor >= 0) close(cnc.count_descriptor);
    cnc.spare_descriptor = cnc.null_descriptor = cnc.count_descriptor = -1;
}

static bool open_descriptors(void) {
    cnc.spare_descriptor = cnc.null_descriptor = cnc.count_descriptor = -1;
    cnc.input_descriptor = open_terminal(STDIN_FILENO, O_RDONLY);
    cnc.output_descriptor = open_terminal(STDOUT_FILENO, O_RDWR);
    if (cnc.input_descriptor >= 0) cnc.input = fdopen(cnc.input_descriptor, "r");
    if (cnc.output_descriptor >= 0) cnc.output = fdopen(cnc.output_descriptor, "w");
    if (cnc.input != NULL && cnc.output != NULL && tcgetattr(cnc.input_descriptor, &cnc.found) == 0) {
        cnc.spare_descriptor = fcntl(cnc.output_descriptor, F_DUPFD_CLOEXEC, 3);
        cnc.null_descriptor = open("/dev/null", O_WRONLY | O_CLOEXEC);
        return true;
    }
    if (cnc.input == NULL && cnc.input_descriptor >= 0) close(cnc.input_descriptor);
    if (cnc.output == NULL && cnc.output_descriptor >= 0) close(cnc.output_descriptor);
    close_descriptors();
    return false;
}

int cnc_open(const cnc_options *options) {
    if (cnc.open) return CNC_OPENED;
    if (!open_descriptors()) return CNC_NO_TTY;
    cnc.utf8 = cnc_locale_is_utf8();
    cnc.lost = false;
    cnc.detached = 0;
    cnc.flushing = 0;
    cnc.shown = 0;
    cnc.thread = pthread_self();
    cnc.process = getpid();
    // Some shells export these, and they would fix the size.
    unsetenv("LINES");
    unsetenv("COLUMNS");
    if (!cnc_signals_install()) {
        close_descriptors();
        return CNC_NO_TTY;
    }
    SCREEN *screen = newterm(options->term, cnc.output, cnc.input);
    // ncurses installs its own SIGTSTP handler in any case.
    cnc_default_stop(false);
    const char *move = screen != NULL ? tigetstr("cup") : NULL;
    if (move == NULL || move == (const char *)-1) {
        if (screen != NULL) {
            endwin();
            delscreen(screen);
        }
        cnc_set_termios(cnc.output_descriptor, &cnc.found);
        cnc_signals_restore();
        close_descriptors();
        return screen == NULL ? CNC_UNKNOWN_TERMINAL : CNC_UNUSABLE_TERMINAL;
    }
    cnc.open = true;
    cnc.shown = 1;
    cnc.ansi = strncmp(move, "\033[", 2) == 0;
    cnc.mouse = false;
    cnc.cursor_shown = true;
    if (options->count_bytes) cnc.count_descriptor = open("/proc/thread-self/io", O_RDONLY | O_CLOEXEC);

    cnc.colour = options->colour && has_colors() && start_color() == OK && COLORS > 0;
    cnc.default_colours = cnc.colour && use_default_colors() == OK;
    // Keys that would send signals are read as input, in their order and without effect inside a paste; Ctrl-S does not
    // freeze the output.
    raw();
    noecho();
    nonl();
    typeahead(-1);
    intrflush(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    cnc_prepare_farewell();
    if (options->capture_errors) cnc_capture_start();
    doupdate();
    cnc_flush(-1, -1);
    cnc_modes_on();
    cnc_use_mouse(options->mouse);
    return CNC_OPENED;
}

void cnc_close(void) {
    if (!cnc.open || getpid() != cnc.process) return;
    cnc_leave(true);
    SCREEN *screen = set_term(NULL);
    if (screen != NULL) delscreen(screen);
    cnc.open = false;
    cnc_capture_end();
    cnc_signals_restore();
    close_descriptors();
}

static bool in_foreground(void) {
    pid_t group = tcgetpgrp(cnc.input_descriptor);
    // Without job control, this process cannot be put in the background.
    return group < 0 ? errno == ENOTTY : group == getpgrp();
}

static bool wait_for_foreground(void) {
    while (!in_foreground()) {
        if (atomic_load(&cnc.pending) & CNC_TERMINATED) return false;
        if (tcgetpgrp(cnc.input_descriptor) < 0) return false;
        // A shell sends no signal to a running job that it brings to the foreground.
        struct pollfd ready = {.fd = cnc.signal_pipe[0], .events = POLLIN};
        poll(&ready, 1, 200);
        cnc_drain_signal_pipe();
    }
    return !(atomic_load(&cnc.pending) & CNC_TERMINATED);
}

bool cnc_suspend(void) {
    if (!cnc.open) return false;
    cnc_leave(false);
    cnc_default_stop(true);
    // Stop the whole job, as the terminal's own Ctrl-Z would. The kernel ignores it if no shell could continue the job.
    kill(0, SIGTSTP);
    cnc_default_stop(false);
    if (!wait_for_foreground()) return false;
    atomic_fetch_and(&cnc.pending, ~(unsigned)(CNC_CONTINUED | CNC_STOPPED));
    cnc_enter(true);
    return true;
}

void cnc_resume(void) {
    if (!cnc.open || cnc.lost || !wait_for_foreground()) return;
    // The shell may have left any mode on, so leave completely and enter again.
    cnc_leave(false);
    cnc_enter(false);
    atomic_fetch_and(&cnc.pending, ~(unsigned)CNC_CONTINUED);
}

int cnc_program(char *const arguments[]) {
    extern char **environ;
    if (!cnc.open || arguments[0] == NULL) return -EINVAL;
    cnc_leave(false);
    cnc_default_stop(true);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, cnc.input_descriptor, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, cnc.output_descriptor, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, cnc.output_descriptor, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    pid_t child = -1;
    int failure = posix_spawnp(&child, arguments[0], &files, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);

    int status = 0;
    bool told = false;
    while (failure == 0) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child || (ended < 0 && errno != EINTR)) break;
        if (!told && (atomic_load(&cnc.pending) & CNC_TERMINATED)) told = kill(child, SIGTERM) == 0;
        struct pollfd ready = {.fd = cnc.signal_pipe[0], .events = POLLIN};
        poll(&ready, 1, 20);
        cnc_drain_signal_pipe();
    }
    cnc_default_stop(false);
    // Keys and stops of that time were for the program.
    atomic_fetch_and(&cnc.pending, ~(unsigned)(CNC_INTERRUPTED | CNC_STOPPED | CNC_CONTINUED));
    if (wait_for_foreground()) cnc_enter(false);
    if (failure != 0) return -failure;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void cnc_size(int *rows, int *columns) {
    *rows = cnc.open ? LINES : 0;
    *columns = cnc.open ? COLS : 0;
}

bool cnc_resize(void) {
    struct winsize size;
    if (!cnc.open || ioctl(cnc.output_descriptor, TIOCGWINSZ, &size) != 0) return false;
    int rows = size.ws_row < MOST_ROWS ? size.ws_row : MOST_ROWS;
    int columns = size.ws_col < MOST_COLUMNS ? size.ws_col : MOST_COLUMNS;
    if (rows <= 0 || columns <= 0 || !is_term_resized(rows, columns)) return false;
    resize_term(rows, columns);
    clearok(curscr, TRUE);
    return true;
}

int cnc_colours(void) { return cnc.open && cnc.colour ? COLORS : 0; }

unsigned cnc_attributes(void) {
    if (!cnc.open) return 0;
    attr_t known = term_attrs();
    return (known & WA_BOLD ? CNC_BOLD : 0u) | (known & WA_DIM ? CNC_DIM : 0u) |
           (known & WA_ITALIC ? CNC_ITALIC : 0u) | (known & WA_UNDERLINE ? CNC_UNDERLINE : 0u) |
           (known & WA_REVERSE ? CNC_REVERSE : 0u);
}

const char *cnc_terminal_string(const char *name) {
    const char *text = cnc.open ? tigetstr(name) : NULL;
    return text == (const char *)-1 ? NULL : text;
}

void cnc_bell(void) {
    if (cnc.shown && !cnc.lost) beep();
}
