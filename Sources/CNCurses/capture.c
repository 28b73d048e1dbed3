#include "internal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/// The most bytes that are kept; beyond them the older half is dropped.
static const off_t limit = 1 << 20;
/// The most bytes that are shown on leaving.
static const off_t shown = 64 << 10;

void cnc_capture_start(void) {
    cnc.saved_output = cnc.saved_error = cnc.captured = -1;
    cnc.captured = memfd_create("output while the screen was up", MFD_CLOEXEC);
    if (cnc.captured < 0) return;
    fcntl(cnc.captured, F_SETFL, O_APPEND);
    // Output that the user redirected keeps its destination.
    if (isatty(STDERR_FILENO)) {
        cnc.saved_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
        if (cnc.saved_error >= 0) dup2(cnc.captured, STDERR_FILENO);
    }
    if (isatty(STDOUT_FILENO)) {
        fflush(stdout);
        cnc.saved_output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        if (cnc.saved_output >= 0) dup2(cnc.captured, STDOUT_FILENO);
    }
}

void cnc_capture_trim(void) {
    struct stat status;
    if (cnc.captured < 0 || fstat(cnc.captured, &status) != 0 || status.st_size <= limit) return;
    static char half[1 << 19];
    ssize_t kept = pread(cnc.captured, half, sizeof half, status.st_size - (off_t)sizeof half);
    if (ftruncate(cnc.captured, 0) != 0 || kept <= 0) return;
    ssize_t written = write(cnc.captured, half, (size_t)kept);
    (void)written;
}

void cnc_capture_end(void) {
    if (cnc.captured < 0) return;
    int target = cnc.saved_error >= 0 ? STDERR_FILENO : STDOUT_FILENO;
    bool any = cnc.saved_error >= 0 || cnc.saved_output >= 0;
    if (cnc.saved_error >= 0) dup2(cnc.saved_error, STDERR_FILENO);
    if (cnc.saved_output >= 0) dup2(cnc.saved_output, STDOUT_FILENO);
    struct stat status;
    if (any && fstat(cnc.captured, &status) == 0) {
        char bytes[4096];
        off_t position = status.st_size > shown ? status.st_size - shown : 0;
        ssize_t count;
        while ((count = pread(cnc.captured, bytes, sizeof bytes, position)) > 0) {
            cnc_send(target, bytes, (size_t)count, 500);
            position += count;
        }
    }
    if (cnc.saved_error >= 0) close(cnc.saved_error);
    if (cnc.saved_output >= 0) close(cnc.saved_output);
    close(cnc.captured);
    cnc.saved_output = cnc.saved_error = cnc.captured = -1;
}
