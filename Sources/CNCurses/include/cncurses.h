#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One screen on the terminal that controls this process, drawn with ncursesw. Everything here is for one thread, the
// one that opened the screen; only what signals do is safe elsewhere.
//
// Input is not read by ncurses: it comes as bytes, so that what a person pastes is never taken for keys.

/// Attributes of a run of cells, and of what a terminal can show.
enum { CNC_BOLD = 1, CNC_DIM = 2, CNC_ITALIC = 4, CNC_UNDERLINE = 8, CNC_REVERSE = 16 };

/// What `cnc_wait` found.
enum { CNC_INPUT = 1, CNC_WOKEN = 2, CNC_SIGNALLED = 4, CNC_LOST = 8 };

/// What signals asked for since `cnc_signals` was last called.
enum {
    CNC_RESIZED = 1,
    CNC_INTERRUPTED = 2,
    CNC_TERMINATED = 4,
    CNC_STOPPED = 8,
    CNC_CONTINUED = 16
};

/// How opening went.
enum { CNC_OPENED = 0, CNC_NO_TTY = 1, CNC_UNKNOWN_TERMINAL = 2, CNC_UNUSABLE_TERMINAL = 3 };

typedef struct {
    /// An entry of the terminfo database.
    const char *term;
    /// False: attributes only.
    bool colour;
    bool mouse;
    /// Keeps what is written to standard output and error while the screen is up, and shows it on leaving.
    bool capture_errors;
    /// Counts what frames send; see `cnc_frame_bytes`.
    bool count_bytes;
} cnc_options;

/// Chooses the character set: the user's locale, or `C.UTF-8` when that is not installed here.
/// Returns true when it is UTF-8.
bool cnc_set_locale(void);
/// Columns of a scalar in the current locale: 0, 1 or 2; -1 when it cannot be printed.
int cnc_width(uint32_t scalar);

/// Takes the terminal over. Nothing has changed when the answer is not `CNC_OPENED`.
int cnc_open(const cnc_options *options);
/// Gives the terminal back as it was found. Does nothing when no screen is up.
void cnc_close(void);
/// Stops the process group as Ctrl-Z does, and returns when this process is in the foreground again.
/// False when it was told to end instead.
bool cnc_suspend(void);
/// After a stop that nobody announced: sets the modes again and draws everything at the next flush.
void cnc_resume(void);
/// Runs a program on the terminal and waits for its end. Returns its exit status, 128 + its signal, or -errno.
int cnc_program(char *const arguments[]);

void cnc_size(int *rows, int *columns);
/// Asks the terminal for its size and takes it over. True when it changed.
bool cnc_resize(void);
/// 0 when there are none or none are wanted.
int cnc_colours(void);
/// Attributes that the terminal can show.
unsigned cnc_attributes(void);
/// A string of the terminal's description, or NULL. Copied by nobody: use it at once.
const char *cnc_terminal_string(const char *name);
bool cnc_has_mouse(void);
void cnc_use_mouse(bool on);
void cnc_bell(void);

/// A number for a pair of colours; -1 is the terminal's own. 0 without colours.
int cnc_pair(int foreground, int background);
/// An empty frame.
void cnc_begin(void);
/// Cells of one look: `count` of them, each of `lengths[i]` scalars, the first of which takes the columns.
void cnc_run(
    int row, int column, const uint32_t *scalars, const uint8_t *lengths, int count, unsigned attributes, int pair);
/// Sends what differs from the screen. A negative row hides the cursor. Returns the microseconds it took.
long cnc_flush(int cursor_row, int cursor_column);
/// Sends everything at the next flush.
void cnc_invalidate(void);
/// True when the terminal takes output now.
bool cnc_writable(void);
/// Bytes that the last flush sent, or -1 when they are not counted or cannot be.
long cnc_frame_bytes(void);
/// Sends bytes that ncurses does not know: the clipboard, the title, and the question for the background.
void cnc_write_raw(const void *bytes, size_t count);

/// Waits for input, a signal, `wake_descriptor` (-1 for none), or `timeout_ms` (-1 for ever).
unsigned cnc_wait(int wake_descriptor, int timeout_ms);
/// Reads what was typed. 0 when there is nothing, -1 when the terminal is gone.
long cnc_read(uint8_t *bytes, size_t capacity);
/// Takes what signals asked for.
unsigned cnc_signals(void);

/// Lets the system have large blocks back as soon as they are freed, however large blocks once were. Of the process.
void cnc_return_freed_memory(void);

#endif
