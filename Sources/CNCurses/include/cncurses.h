#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One screen on the terminal that controls this process, drawn with ncursesw. All functions belong to the
// thread that opened the screen; only signal handlers run in other threads.
//
// ncurses does not read the input: callers get bytes, so that a paste is never read as keys.

/// Attributes of a run of cells, and of the terminal's capabilities.
enum { CNC_BOLD = 1, CNC_DIM = 2, CNC_ITALIC = 4, CNC_UNDERLINE = 8, CNC_REVERSE = 16 };

/// The results of `cnc_wait`.
enum { CNC_INPUT = 1, CNC_WOKEN = 2, CNC_SIGNALLED = 4, CNC_LOST = 8 };

/// The requests of signals since the last call of `cnc_signals`.
enum {
    CNC_RESIZED = 1,
    CNC_INTERRUPTED = 2,
    CNC_TERMINATED = 4,
    CNC_STOPPED = 8,
    CNC_CONTINUED = 16
};

/// The outcome of opening.
enum { CNC_OPENED = 0, CNC_NO_TTY = 1, CNC_UNKNOWN_TERMINAL = 2, CNC_UNUSABLE_TERMINAL = 3 };

typedef struct {
    /// An entry of the terminfo database.
    const char *term;
    /// False: attributes only.
    bool colour;
    bool mouse;
    /// Captures standard output and error while the screen is open, and shows them on leaving.
    bool capture_errors;
    /// Counts the bytes of frames; see `cnc_frame_bytes`.
    bool count_bytes;
} cnc_options;

/// Chooses the character set: the user's locale, or `C.UTF-8` when that is not installed here.
/// Returns true when it is UTF-8.
bool cnc_set_locale(void);
/// Columns of a scalar in the current locale: 0, 1 or 2; -1 when it cannot be printed.
int cnc_width(uint32_t scalar);

/// Opens the screen on the terminal. The terminal is unchanged if the answer is not `CNC_OPENED`.
int cnc_open(const cnc_options *options);
/// Restores the terminal. Does nothing if no screen is open.
void cnc_close(void);
/// Stops the process group as Ctrl-Z does, and returns when this process is in the foreground again.
/// False if a signal asked it to end instead.
bool cnc_suspend(void);
/// Sets the modes again after a stop without notice, and draws everything at the next flush.
void cnc_resume(void);
/// Runs a program on the terminal and waits for its end. Returns its exit status, 128 + its signal, or -errno.
int cnc_program(char *const arguments[]);

void cnc_size(int *rows, int *columns);
/// Adopts the terminal's size. True if it changed.
bool cnc_resize(void);
/// The number of colours; 0 if there are none or none are wanted.
int cnc_colours(void);
/// Attributes that the terminal can show.
unsigned cnc_attributes(void);
/// A string of the terminal's description, or NULL. It is not copied, so use it at once.
const char *cnc_terminal_string(const char *name);
bool cnc_has_mouse(void);
void cnc_use_mouse(bool on);
void cnc_bell(void);

/// A number for a pair of colours; -1 is the terminal's own. 0 without colours.
int cnc_pair(int foreground, int background);
/// Begins an empty frame.
void cnc_begin(void);
/// Cells of one look: `count` of them, each of `lengths[i]` scalars, the first of which takes the columns.
void cnc_run(
    int row, int column, const uint32_t *scalars, const uint8_t *lengths, int count, unsigned attributes, int pair);
/// Sends the differences from the screen. A negative row hides the cursor. Returns the microseconds it took.
long cnc_flush(int cursor_row, int cursor_column);
/// Sends everything at the next flush.
void cnc_invalidate(void);
/// True if the terminal accepts output now.
bool cnc_writable(void);
/// Bytes that the last flush sent, or -1 when they are not counted or cannot be.
long cnc_frame_bytes(void);
/// Sends bytes that ncurses does not send itself: the clipboard, the title, and the question for the background.
void cnc_write_raw(const void *bytes, size_t count);

/// Waits for input, a signal, `wake_descriptor` (-1 for none), or `timeout_ms` (-1 for forever).
unsigned cnc_wait(int wake_descriptor, int timeout_ms);
/// Reads input. 0 if there is none, -1 if the terminal was lost.
long cnc_read(uint8_t *bytes, size_t capacity);
/// Returns and clears the requests of signals.
unsigned cnc_signals(void);

/// Makes the process return large blocks to the system as soon as they are freed.
void cnc_return_freed_memory(void);

#endif
