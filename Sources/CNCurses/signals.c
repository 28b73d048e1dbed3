#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// The signals that were blocked in the drawing thread.
static sigset_t mask_found;

static const int asked[] = {SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT, SIGSYS};

enum { ASKED = sizeof asked / sizeof *asked, FATAL = sizeof fatal / sizeof *fatal };

static struct sigaction asked_found[ASKED];
static struct sigaction fatal_found[FATAL];
static stack_t stack_found;
static void *own_stack;

static unsigned bit(int number) {
    switch (number) {
    case SIGWINCH: return CNC_RESIZED;
    case SIGINT: return CNC_INTERRUPTED;
    case SIGTSTP: return CNC_STOPPED;
    case SIGCONT: return CNC_CONTINUED;
    default: return CNC_TERMINATED;
    }
}

static void signal_asked(int number) {
    int error = errno;
    if (!pthread_equal(pthread_self(), cnc.thread)) {
        // A frame that the terminal does not accept blocks only its own thread.
        pthread_kill(cnc.thread, number);
        errno = error;
        return;
    }
    atomic_fetch_or(&cnc.pending, bit(number));
    if (bit(number) == CNC_TERMINATED && cnc.flushing && !cnc.detached && cnc.spare_descriptor >= 0) {
        // Discard the rest of the frame, because a terminal that accepts no output must not keep this process from ending.
        cnc.detached = 1;
        dup2(cnc.null_descriptor, cnc.output_descriptor);
    }
    // A full pipe wakes the reader just as one more byte would.
    ssize_t written = write(cnc.signal_pipe[1], "", 1);
    (void)written;
    errno = error;
}

static void signal_fatal(int number) {
    if (cnc.open && getpid() == cnc.process) {
        cnc_send_farewell();
        cnc_capture_end();
        cnc.open = false;
    }
    for (int index = 0; index < FATAL; index++) {
        if (fatal[index] == number) sigaction(number, &fatal_found[index], NULL);
    }
    // When this handler returns, the handler before it or the kernel decides.
    raise(number);
}

static void at_exit(void) {
    if (!cnc.open || getpid() != cnc.process) return;
    cnc_send_farewell();
    cnc_capture_end();
    cnc.open = false;
}

bool cnc_signals_install(void) {
    static bool registered = false;
    if (!registered) registered = atexit(at_exit) == 0;

    if (pipe2(cnc.signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return false;
    atomic_store(&cnc.pending, 0);

    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigfillset(&action.sa_mask);
    for (int index = 0; index < FATAL; index++) sigdelset(&action.sa_mask, fatal[index]);
    action.sa_handler = signal_asked;
    // Restart interrupted calls, because a signal may reach any thread. The drawing thread is woken by the pipe, and the
    // restarted write of a frame continues to the descriptor in `detached`.
    action.sa_flags = SA_RESTART;
    for (int index = 0; index < ASKED; index++) {
        sigaction(asked[index], NULL, &asked_found[index]);
        // A signal that the parent ignored stays ignored, as `nohup` expects.
        bool ignored = asked_found[index].sa_handler == SIG_IGN;
        if (!ignored || asked[index] == SIGWINCH || asked[index] == SIGCONT) sigaction(asked[index], &action, NULL);
    }

    size_t size = 64 * 1024;
    own_stack = malloc(size);
    stack_t stack = {.ss_sp = own_stack, .ss_size = size, .ss_flags = 0};
    if (own_stack == NULL || sigaltstack(&stack, &stack_found) != 0) {
        free(own_stack);
        own_stack = NULL;
    }
    action.sa_handler = signal_fatal;
    action.sa_flags = SA_ONSTACK;
    for (int index = 0; index < FATAL; index++) sigaction(fatal[index], &action, &fatal_found[index]);

    // The drawing thread need not be the process's first. Threads of a pool block most signals, and those that the
    // handler passes on to this thread would wait forever.
    sigset_t ours;
    sigemptyset(&ours);
    for (int index = 0; index < ASKED; index++) sigaddset(&ours, asked[index]);
    for (int index = 0; index < FATAL; index++) sigaddset(&ours, fatal[index]);
    pthread_sigmask(SIG_UNBLOCK, &ours, &mask_found);
    return true;
}

void cnc_signals_restore(void) {
    pthread_sigmask(SIG_SETMASK, &mask_found, NULL);
    for (int index = 0; index < ASKED; index++) sigaction(asked[index], &asked_found[index], NULL);
    for (int index = 0; index < FATAL; index++) sigaction(fatal[index], &fatal_found[index], NULL);
    if (own_stack != NULL) {
        sigaltstack(&stack_found, NULL);
        free(own_stack);
        own_stack = NULL;
    }
    close(cnc.signal_pipe[0]);
    close(cnc.signal_pipe[1]);
    cnc.signal_pipe[0] = cnc.signal_pipe[1] = -1;
}

void cnc_default_stop(bool on) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < ASKED; index++) {
        if (asked[index] != SIGTSTP || asked_found[index].sa_handler == SIG_IGN) continue;
        if (!on) {
            sigfillset(&action.sa_mask);
            for (int other = 0; other < FATAL; other++) sigdelset(&action.sa_mask, fatal[other]);
        }
        action.sa_handler = on ? SIG_DFL : signal_asked;
        action.sa_flags = SA_RESTART;
        sigaction(SIGTSTP, &action, NULL);
    }
}

void cnc_drain_signal_pipe(void) {
    char bytes[64];
    while (read(cnc.signal_pipe[0], bytes, sizeof bytes) > 0) {}
}

unsigned cnc_signals(void) {
    if (!cnc.open) return 0;
    cnc_drain_signal_pipe();
    return atomic_exchange(&cnc.pending, 0);
}
