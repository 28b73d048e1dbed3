import CNCurses

/// What this process asks of its allocator.
package enum ProcessMemory {
    /// Lets the system have large blocks back as soon as they are freed.
    ///
    /// For a process that once reads megabytes and then a little now and then. One that moves megabytes all the time pays
    /// for each of them.
    package static func returnFreedBlocks() {
        cnc_return_freed_memory()
    }
}
