import ArgumentParser
import EngineInterface
import Foundation
import JSON
import Store

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write all data of an instance into one encrypted file, so that it can run elsewhere.",
        discussion: """
            The file holds the database, the master key and the admin token, encrypted with a passphrase (AES-256-GCM, \
            scrypt). The instance may run meanwhile. The passphrase comes from --passphrase-file, else \
            SLUICE_BACKUP_PASSPHRASE, else it is asked for; without it the backup cannot be read.
            """)

    @Argument(help: "File for the backup; - is standard output.", completion: .file()) var file: String
    @Flag(help: "Replace a file that exists.") var force = false
    @OptionGroup var directory: DataDirectoryOptions
    @OptionGroup var passphrase: PassphraseOptions

    func run() throws {
        // A backup of another day may be the only one. A pipe or a device holds none.
        if !self.force, self.file != "-",
            FileStatus(path: (self.file as NSString).expandingTildeInPath)?.isRegular == true
        {
            throw CommandFailure("The file '\(self.file)' is there already. Name another, or replace it with --force.")
        }
        let path = try self.directory.path()
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("There is no data directory '\(path)'. Name another with --data-dir.")
        }
        let sealed: Data
        do {
            let archive = try DataDirectory(path: path).backup(at: Date())
            sealed = try archive.sealed(passphrase: try self.passphrase.forNewFile())
        } catch let error as DataDirectoryError { throw CommandFailure(error.description) }
        if self.file == "-" { return Output.bytes(sealed) }
        do { try OutputFile.write(sealed, to: self.file, isPrivate: true) } catch {
            throw CommandFailure(error.message)
        }
        Output.error("sluice: '\(path)' is in '\(self.file)', \(sealed.count) bytes.")
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup into a new data directory.",
        discussion: """
            The directory must be empty or not there yet. Issuers keep their URLs: start the instance with the same \
            --api or --public-url, so that clients find them.
            """)

    @Argument(help: "A file that `sluice backup` wrote; - is standard input.", completion: .file()) var file: String
    @OptionGroup var directory: DataDirectoryOptions
    @OptionGroup var passphrase: PassphraseOptions

    private static let maximumBytes = 4 << 30

    func validate() throws {
        guard self.file != "-" || self.passphrase.passphraseFile != "-" else {
            throw ValidationError("Standard input is the backup already: give the passphrase in a file.")
        }
    }

    func run() throws {
        let path = try self.directory.path()
        let data = Data(try Input.bytes(self.file, maximumBytes: Self.maximumBytes))
        let archive: BackupArchive
        do {
            archive = try BackupArchive(opening: data, passphrase: try self.passphrase.forExistingFile())
        } catch let error as BackupArchive.OpenError {
            let name = self.file == "-" ? "Standard input" : "The file '\(self.file)'"
            switch error {
            case .notAnArchive: throw CommandFailure("\(name) is no backup of this program.")
            case .unknownVersion: throw CommandFailure("\(name) is a backup of a later release of this program.")
            case .wrongPassphraseOrAltered:
                throw CommandFailure(
                    "\(name) cannot be opened: the passphrase is wrong, or the file was changed or cut.")
            }
        }
        do throws(DataDirectoryError) { try DataDirectory(path: path).restore(archive) } catch {
            throw CommandFailure(error.description)
        }
        let time = Timestamp.textInSeconds(archive.created)
        Output.error("sluice: The backup of \(time) is in '\(path)'. `sluice serve --data-dir` starts it.")
    }
}

/// The data directory of a command that works on its files.
struct DataDirectoryOptions: ParsableArguments {
    @Option(name: .customLong("data-dir"), help: "The data directory (default: $XDG_DATA_HOME/sluice).")
    var dataDirectory: String?
    @Option(name: .customLong("config"), help: "Configuration file.") var configurationFile: String?

    func path() throws -> String {
        try Settings(configurationFile: self.configurationFile).dataDirectory(flag: self.dataDirectory)
    }
}

/// The passphrase of a backup. It is never an argument, which others could see.
struct PassphraseOptions: ParsableArguments {
    @Option(help: "File with the passphrase; - is standard input.", completion: .file()) var passphraseFile: String?

    private static let variable = "SLUICE_BACKUP_PASSPHRASE"
    /// Characters. The file holds all keys, and who has it may try for years.
    private static let shortest = 12

    /// Asks twice, because a backup encrypted with a mistyped passphrase cannot be read.
    func forNewFile() throws -> String {
        let passphrase = try self.given() ?? self.asked(twice: true)
        guard passphrase.count >= Self.shortest else {
            throw CommandFailure(
                "The passphrase has \(passphrase.count) characters; it must have at least \(Self.shortest), since the backup "
                    + "holds all keys.", isWrongUse: true)
        }
        return passphrase
    }

    func forExistingFile() throws -> String { try self.given() ?? self.asked(twice: false) }

    private func given() throws(CommandFailure) -> String? {
        if let path = self.passphraseFile { return try Secret.read(path, what: "passphrase") }
        return ProcessInfo.processInfo.environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func asked(twice: Bool) throws(CommandFailure) -> String {
        guard let passphrase = Input.hiddenAnswer(to: "Passphrase: ") else {
            throw CommandFailure(
                "The passphrase is missing: give --passphrase-file FILE or set \(Self.variable).", isWrongUse: true)
        }
        if twice, Input.hiddenAnswer(to: "Again: ") != passphrase {
            throw CommandFailure("The two passphrases differ. Nothing was written.")
        }
        return passphrase
    }
}
