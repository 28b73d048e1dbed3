internal import GRDB

/// The schema, step by step. A released step never changes; a new one is added at the end.
///
/// Every entity table has the same shape: its own and its parent's id, the name for uniqueness, the entity as JSON in
/// `body`, dates in milliseconds since 1970. Columns beside `body` exist for constraints and look-ups only.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: gateways and the identity server") { database in
            try database.execute(
                sql: """
                    CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
                    INSERT INTO meta VALUES ('revision', 0);

                    CREATE TABLE gateways (
                        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
                        version INTEGER NOT NULL DEFAULT 1,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE backend_clusters (
                        id TEXT PRIMARY KEY,
                        parent_id TEXT NOT NULL REFERENCES gateways(id) ON DELETE CASCADE,
                        name TEXT NOT NULL, body TEXT NOT NULL,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        UNIQUE (parent_id, name)
                    ) STRICT;
                    CREATE TABLE virtual_clusters (
                        id TEXT PRIMARY KEY,
                        parent_id TEXT NOT NULL REFERENCES gateways(id) ON DELETE CASCADE,
                        name TEXT NOT NULL, body TEXT NOT NULL,
                        dns_label TEXT NOT NULL,
                        destination_id TEXT NOT NULL REFERENCES backend_clusters(id),
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        UNIQUE (parent_id, name), UNIQUE (parent_id, dns_label)
                    ) STRICT;
                    CREATE INDEX virtual_clusters_destination ON virtual_clusters(destination_id);
                    CREATE TABLE listeners (
                        id TEXT PRIMARY KEY,
                        parent_id TEXT NOT NULL REFERENCES gateways(id) ON DELETE CASCADE,
                        name TEXT NOT NULL, body TEXT NOT NULL,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        UNIQUE (parent_id, name)
                    ) STRICT;
                    CREATE TABLE listener_policies (
                        id TEXT PRIMARY KEY,
                        parent_id TEXT NOT NULL REFERENCES listeners(id) ON DELETE CASCADE,
                        name TEXT, position INTEGER NOT NULL, body TEXT NOT NULL,
                        destination_id TEXT REFERENCES virtual_clusters(id),
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        UNIQUE (parent_id, name)
                    ) STRICT;
                    CREATE INDEX listener_policies_destination ON listener_policies(destination_id);
                    CREATE TABLE cluster_policies (
                        id TEXT PRIMARY KEY,
                        parent_id TEXT NOT NULL REFERENCES virtual_clusters(id) ON DELETE CASCADE,
                        name TEXT, position INTEGER NOT NULL, body TEXT NOT NULL,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        UNIQUE (parent_id, name)
                    ) STRICT;

                    CREATE TABLE auth_servers (
                        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
                        issuer TEXT NOT NULL UNIQUE,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE TABLE auth_scopes (
                        id TEXT PRIMARY KEY,
                        parent_id TEXT NOT NULL REFERENCES auth_servers(id) ON DELETE CASCADE,
                        name TEXT NOT NULL, body TEXT NOT NULL,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        UNIQUE (parent_id, name)
                    ) STRICT;
                    CREATE TABLE auth_claims (
                        id TEXT PRIMARY KEY,
                        parent_id TEXT NOT NULL REFERENCES auth_servers(id) ON DELETE CASCADE,
                        name TEXT NOT NULL, body TEXT NOT NULL,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX auth_claims_parent ON auth_claims(parent_id);
                    CREATE TABLE auth_clients (
                        id TEXT NOT NULL,
                        parent_id TEXT NOT NULL REFERENCES auth_servers(id) ON DELETE CASCADE,
                        name TEXT NOT NULL, body TEXT NOT NULL,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        PRIMARY KEY (parent_id, id), UNIQUE (parent_id, name)
                    ) STRICT;
                    CREATE TABLE auth_client_secrets (
                        id TEXT PRIMARY KEY, server_id TEXT NOT NULL, client_id TEXT NOT NULL,
                        hash TEXT NOT NULL, enabled INTEGER NOT NULL,
                        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                        FOREIGN KEY (server_id, client_id) REFERENCES auth_clients(parent_id, id) ON DELETE CASCADE
                    ) STRICT;
                    CREATE INDEX auth_client_secrets_client ON auth_client_secrets(server_id, client_id);
                    CREATE TABLE auth_signing_keys (
                        kid TEXT PRIMARY KEY,
                        server_id TEXT NOT NULL REFERENCES auth_servers(id) ON DELETE CASCADE,
                        algorithm TEXT NOT NULL, sealed_private_key BLOB NOT NULL, public_jwk TEXT NOT NULL,
                        created_at INTEGER NOT NULL, retired_at INTEGER
                    ) STRICT;
                    CREATE INDEX auth_signing_keys_server ON auth_signing_keys(server_id);
                    CREATE TABLE auth_tokens (
                        id TEXT PRIMARY KEY, server_id TEXT NOT NULL, client_id TEXT NOT NULL,
                        scopes TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
                        revoked INTEGER NOT NULL DEFAULT 0,
                        FOREIGN KEY (server_id, client_id) REFERENCES auth_clients(parent_id, id) ON DELETE CASCADE
                    ) STRICT;
                    CREATE INDEX auth_tokens_client ON auth_tokens(server_id, client_id, created_at);
                    CREATE INDEX auth_tokens_expiry ON auth_tokens(expires_at);
                    """)
        }
        migrator.registerMigration("2: what tokens rest on, keys that sign later, the master key's seal") { database in
            try database.execute(
                sql: """
                    ALTER TABLE auth_tokens ADD COLUMN secret_id TEXT;
                    ALTER TABLE auth_signing_keys ADD COLUMN signs_from INTEGER;
                    UPDATE auth_signing_keys SET signs_from = created_at;
                    -- What clients could do so far they still can.
                    UPDATE auth_clients SET body = json_set(body, '$.may_introspect', json('true'));
                    CREATE TABLE master_key_seal (
                        id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("3: the audit") { database in
            // The size comes first: adding sizes up must not read the values behind.
            try database.execute(
                sql: """
                    CREATE TABLE audit (
                        id INTEGER PRIMARY KEY AUTOINCREMENT, bytes INTEGER NOT NULL, time INTEGER NOT NULL,
                        who TEXT NOT NULL, method TEXT, path TEXT, remote_address TEXT, user_agent TEXT,
                        action TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, entity_name TEXT,
                        gateway_id TEXT, version INTEGER, before TEXT, after TEXT
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("4: versions of entities") { database in
            try database.execute(sql: "INSERT INTO meta VALUES ('entity_version', 1)")
            for table in [
                "gateways", "backend_clusters", "virtual_clusters", "listeners", "listener_policies",
                "cluster_policies", "auth_servers", "auth_scopes", "auth_claims", "auth_clients",
            ] {
                try database.execute(sql: "ALTER TABLE \(table) ADD COLUMN entity_version INTEGER NOT NULL DEFAULT 1")
            }
        }
        migrator.registerMigration("5: live tokens, the audit of clients apart") { database in
            // Triggers add the sizes up, so that no write has to read all records.
            try database.execute(
                sql: """
                    CREATE INDEX auth_tokens_live ON auth_tokens(server_id, client_id, revoked, expires_at);

                    ALTER TABLE audit ADD COLUMN of_client INTEGER NOT NULL DEFAULT 0;
                    UPDATE audit SET of_client = 1 WHERE who LIKE 'client %' AND entity = 'token';
                    CREATE INDEX audit_of_client ON audit(of_client, id);
                    CREATE TABLE audit_sizes (
                        of_client INTEGER PRIMARY KEY, records INTEGER NOT NULL, bytes INTEGER NOT NULL
                    ) STRICT;
                    INSERT INTO audit_sizes VALUES (0, 0, 0), (1, 0, 0);
                    UPDATE audit_sizes SET
                        records = (SELECT count(*) FROM audit WHERE audit.of_client = audit_sizes.of_client),
                        bytes = (
                            SELECT coalesce(sum(audit.bytes), 0) FROM audit
                            WHERE audit.of_client = audit_sizes.of_client);
                    CREATE TRIGGER audit_grows AFTER INSERT ON audit BEGIN
                        UPDATE audit_sizes SET records = records + 1, bytes = bytes + NEW.bytes
                        WHERE of_client = NEW.of_client;
                    END;
                    CREATE TRIGGER audit_shrinks AFTER DELETE ON audit BEGIN
                        UPDATE audit_sizes SET records = records - 1, bytes = bytes - OLD.bytes
                        WHERE of_client = OLD.of_client;
                    END;
                    """)
        }
        return migrator
    }
}

extension Database {
    /// Makes the table of a kind of entity: a step that adds a kind calls this.
    ///
    /// A step is released with the shape that this makes today: a change of shape is a new step, never a change here.
    ///
    /// - Parameters:
    ///   - parent: the table of what the entities lie below; nil for roots.
    ///   - isChain: their order is the operator's, and they may do without a name.
    ///   - extra: further columns and constraints, such as `destination_id TEXT REFERENCES backend_clusters(id)`; columns
    ///     come first.
    func createEntityTable(_ name: String, parent: String?, isChain: Bool = false, extra: [String] = []) throws {
        var parts = ["id TEXT PRIMARY KEY"]
        if let parent { parts.append("parent_id TEXT NOT NULL REFERENCES \(parent)(id) ON DELETE CASCADE") }
        parts += [isChain ? "name TEXT" : "name TEXT NOT NULL", "body TEXT NOT NULL"]
        if isChain { parts.append("position INTEGER NOT NULL") }
        parts += [
            "created_at INTEGER NOT NULL", "updated_at INTEGER NOT NULL", "entity_version INTEGER NOT NULL DEFAULT 1",
        ]
        parts += extra
        parts.append(parent == nil ? "UNIQUE (name)" : "UNIQUE (parent_id, name)")
        try self.execute(sql: "CREATE TABLE \(name) (\(parts.joined(separator: ", "))) STRICT")
    }
}
