internal import EngineInterface
internal import JSON
internal import ManagementHTTP
internal import Resources
internal import Store

/// The schemas of what the engine is asked and answers.
extension Schema {
    static let engine: [(name: String, schema: Schema)] = [
        ("AccessQuestion", Self.accessQuestion), ("AccessMatrixQuestion", Self.matrixQuestion),
        (
            "AccessSubject",
            .oneOf([
                .object(["type": .const("anonymous")], isClosed: false),
                .object(["type": .const("token"), "token": .string], isClosed: false),
                .object(
                    ["type": .const("assumed"), "principal": .string], optional: ["claims": .map(.string)],
                    isClosed: false),
            ])
        ),
        (
            "AccessRules",
            .oneOf([
                .object(["type": .const("in_force")], isClosed: false),
                .object(
                    [
                        "type": .choice(["in_force_and", "only"]),
                        "policies": .array(.component("ClusterPolicyCreate")),
                    ],
                    isClosed: false),
            ])
        ),
        (
            "AccessExplanation",
            .object([
                "principal": .string, "allowed": .boolean, "rule": .string, "reason": .string,
                "steps": .array(
                    .object(
                        ["policy": .string, "matched": .boolean, "details": .array(.string)],
                        optional: ["rule": .integer, "action": .choice(of: ACLRule.Action.self)])),
            ])
        ),
        (
            "AccessMatrix",
            .object([
                "principal": .string, "warnings": .array(.string),
                "rows": .array(
                    .object([
                        "resource": Self.resource, "exists": .boolean,
                        "cells": .array(
                            .object([
                                "operation": .choice(of: ACLOperation.self), "allowed": .boolean, "rule": .string,
                            ])),
                    ])),
            ])
        ),
        (
            "ProbeReport",
            .object(
                [
                    "address": .string, "succeeded": .boolean, "topics": .array(.string), "detail": .string,
                    "milliseconds": .number,
                ], optional: ["predicted_topics": .array(.string)])
        ),
        (
            "ReachabilityReport",
            .object([
                "reachable": .boolean, "detail": .string, "milliseconds": .number, "node_ids": .array(.integer),
            ])
        ),
        (
            "TokenCheckReport",
            .object(
                [
                    "accepted": .boolean,
                    "checks": .array(
                        .object([
                            "name": .string, "outcome": .choice(["passed", "failed", "skipped", "warning"]),
                            "detail": .string,
                        ])),
                ], optional: ["principal": .string])
        ),
        ("TopicView", Self.topic), ("GroupView", Self.group), ("Decision", Self.decision),
        ("Connection", Self.connection),
        (
            "LogLine",
            .object([
                "sequence": .count, "time": .dateTime, "level": .choice(of: LogLine.Level.self), "component": .string,
                "message": .string, "metadata": .map(.string),
            ])
        ),
        (
            "LiveSnapshot",
            .object([
                "time": .dateTime, "connections": .array(.component("Connection")),
                "counters": .array(.object(["key": .anyObject, "count": .count])),
                "decisions": .array(.component("Decision"), maximum: LiveSnapshot.maximumDecisions),
                "components": .array(
                    .object(
                        [
                            "kind": .string, "gateway": .string, "name": .string,
                            "state": .choice(["UP", "WARN", "DOWN"]),
                        ],
                        optional: ["reason": .string])),
                "limits": .array(
                    .object(
                        ["limit": .choice(of: LimitKind.self), "count": .count], optional: ["setting": .string])),
            ])
        ),
        ("AuditRecord", Self.auditRecord),
        ("ChangesRefused", Self.changesRefused),
    ]

    private static let accessQuestion = Schema.object(
        [
            "virtual_cluster": .string, "subject": .component("AccessSubject"),
            "resource_type": .choice(of: ResourceType.self), "resource_name": .string,
            "operation": .choice(of: ACLOperation.self),
        ], optional: ["rules": .component("AccessRules")], isClosed: false)

    private static let matrixQuestion = Schema.object(
        ["virtual_cluster": .string, "subject": .component("AccessSubject")],
        optional: ["rules": .component("AccessRules"), "resources": .array(Self.resource)], isClosed: false)

    private static let resource = Schema.object(
        ["type": .choice(of: ResourceType.self), "name": .string], isClosed: false)

    private static let topic = Schema.object(
        [
            "name": .string, "physical_name": .string, "is_internal": .boolean, "readers": .array(.string),
            "writers": .array(.string),
            "partitions": .array(
                .object([
                    "index": .integer, "leader": .integer, "replicas": .array(.integer),
                    "in_sync_replicas": .array(.integer),
                ])),
        ], optional: ["topic_id": .string])

    private static let group = Schema.object([
        "group_id": .string, "physical_name": .string, "type": .string, "state": .string,
        "members": .array(.object(["member_id": .string, "client_id": .string, "client_host": .string])),
        "offsets": .array(
            .object(["topic": .string, "partition": .integer, "committed": .integer], optional: ["end": .integer])),
        "principals": .array(.string),
    ])

    private static let decision = Schema.object(
        [
            "sequence": .count, "event_loop": .integer, "ordinal": .count, "time": .dateTime, "gateway": .string,
            "virtual_cluster": .string, "principal": .string, "session_id": .count, "api": .string,
            "resource_type": .choice(of: ResourceType.self), "resource_name": .string,
            "operation": .choice(of: ACLOperation.self), "verdict": .choice(of: Verdict.self), "rule": .string,
            "reason": .string,
        ], optional: ["authentication": .string, "remote_address": .string, "client_id": .string])

    private static let connection = Schema.object(
        [
            "session_id": .count, "gateway": .string, "listener": .string, "remote_address": .string,
            "local_port": .integer, "state": .choice(["authenticating", "active", "draining", "closed"]),
            "connected_at": .dateTime, "requests": .count, "bytes_in": .count, "bytes_out": .count, "denied": .count,
        ],
        optional: [
            "virtual_cluster": .string, "principal": .string, "authentication": .string, "client_id": .string,
            "client_software_name": .string, "client_software_version": .string, "upstream": .string,
        ])

    private static let auditRecord = Schema.object([
        "id": .integer, "time": .dateTime, "who": Schema.string.orNull, "method": Schema.string.orNull,
        "path": Schema.string.orNull, "remote_address": Schema.string.orNull, "user_agent": Schema.string.orNull,
        "action": .choice(of: AuditChange.Action.self), "entity": .string, "entity_id": .string,
        "entity_name": Schema.string.orNull, "gateway_id": Schema.string.orNull,
        "version_before": Schema.string.orNull, "version_after": Schema.string.orNull,
        "before": Schema.anyObject.orNull, "after": Schema.anyObject.orNull,
    ])

    private static let changesRefused = Schema.object(
        [
            "status": .integer(400...599), "title": .string, "type": .string, "instance": .string, "detail": .string,
            "changes": .array(
                .object(
                    [
                        "index": .count,
                        "problem": Schema.oneOf([.component("Problem"), .component("InvalidRequest")]),
                    ], optional: ["as": .string])),
        ], optional: ["invalid_parameters": .array(.component("InvalidParameter"), maximum: 100)])

    static let changes = Schema.object(
        [
            "changes": .array(
                .object(
                    ["method": .choice(["POST", "PUT", "PATCH", "DELETE"]), "path": .text(atMost: 2048)],
                    optional: [
                        "body": .anything,
                        "as": Schema.string.setting("pattern", .string("^[A-Za-z_][A-Za-z0-9_-]{0,63}$")),
                        "if_match": .text(atMost: 4096), "if_none_match": .text(atMost: 4096),
                    ]), minimum: 1, maximum: ChangesRequest.maximumChanges)
        ], optional: ["dry_run": .boolean])

    static let changesMade = Schema.object([
        "dry_run": .boolean,
        "changes": .array(
            .object(["status": .integer(200...299)], optional: ["etag": .string, "body": .anything, "as": .string])),
    ])
}
