#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

unsigned cnc_wait(int wake_descriptor, int timeout_ms) {
    if (!cnc.open) return CNC_LOST;
    // poll ignores a descriptor of -1.
    struct pollfd ready[] = {
        {.fd = cnc.lost ? -1 : cnc.input_descriptor, .events = POLLIN},
        {.fd = cnc.signal_pipe[0], .events = POLLIN},
        {.fd = wake_descriptor, .events = POLLIN},
    };
    if (atomic_load(&cnc.pending) != 0) timeout_ms = 0;
    if (poll(ready, 3, timeout_ms) < 0) return errno == EINTR ? CNC_SIGNALLED : 0;
    unsigned found = 0;
    if (ready[0].revents & POLLIN) {
        found |= CNC_INPUT;
    } else if (ready[0].revents & (POLLHUP | POLLERR | POLLNVAL)) {
        cnc.lost = true;
        found |= CNC_LOST;
    }
    if (ready[1].revents != 0 || atomic_load(&cnc.pending) != 0) found |= CNC_SIGNALLED;
    if (ready[2].revents != 0) found |= CNC_WOKEN;
    return found;
}

long cnc_read(uint8_t *bytes, size_t capacity) {
    if (!cnc.open || cnc.lost) return -1;
    struct pollfd ready = {.fd = cnc.input_descriptor, .events = POLLIN};
    if (poll(&ready, 1, 0) <= 0) return 0;
    if (!(ready.revents & POLLIN) && (ready.revents & (POLLHUP | POLLERR | POLLNVAL))) {
        cnc.lost = true;
        return -1;
    }
    ssize_t count = read(cnc.input_descriptor, bytes, capacity);
    if (count > 0) return count;
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    cnc.lost = true;
    return -1;
}
