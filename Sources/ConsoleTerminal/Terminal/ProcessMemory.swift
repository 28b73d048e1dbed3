import CNCurses

/// Settings of the process's allocator.
package enum ProcessMemory {
    /// Returns large blocks to the system as soon as they are freed.
    ///
    /// This suits a process that reads megabytes once and little afterwards. A process that moves megabytes all the
    /// time pays for each block.
    package static func returnFreedBlocks() {
        cnc_return_freed_memory()
    }
}
