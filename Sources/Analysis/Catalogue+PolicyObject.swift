import PowerPlatform
import SimulationTrace
import TenantIsolation

// The isolation policy as one object. No page describes it: its facts are what public programs that
// read and write it do, and what they were answered.

extension Catalogue {
  static let policyObject = reading + replacing + operations + beyondPolicy

  private static let reading = [
    Behaviour(
      "reading-the-policy", Source(.configuration, 2),
      sentence: "Seeing the policy takes the same roles as setting it.",
      seenAs: .policyChange { $0.isRead && $0.isRefused(for: .policyForbidden) }),
    Behaviour(
      "policy-object.read", Source(.policyObject, 2), Source(.configuration, 2),
      sentence: "An administrator reads the policy: its switch, as isDisabled, and its rules.",
      seenAs: .policyChange { $0.isRead && $0.version?.isConfigured == true }),
    Behaviour(
      "policy-object.never-configured", Source(.policyObject, 1), basis: .observed,
      sentence: "Whoever reads a policy that was never configured gets an empty answer.",
      seenAs: .policyChange { $0.isRead && $0.version?.isConfigured == false }),
    Behaviour(
      "policy-object.forbidden-text", Source(.policyObject, 8), basis: .observed,
      sentence: "Whoever may not go there is told that they may not access the policy's path.",
      needs: .text("does not have permission to access the path"),
      seenAs: .policyChange { $0.isRefused(for: .policyForbidden) }),
  ]

  private static let replacing = [
    Behaviour(
      "policy-object.replaced-as-a-whole", Source(.policyObject, 4), basis: .observed,
      sentence: "A policy is replaced as a whole: rules that the new one does not name are gone.",
      seenAs: .policyChange { $0.isReplacement && $0.isSaved && $0.dropsRule }),
    Behaviour(
      "policy-object.lost-update", Source(.policyObject, 4), basis: .observed,
      sentence: "Of two administrators who replace what both have read, the second wins unawares.",
      seenAs: .policyChange { sight in
        guard let replacement = sight.version?.replacement else { return false }
        return replacement.basis != nil && replacement.losesUpdate
      }),
    Behaviour(
      "policy-object.own-tenant", Source(.policyObject, 3), basis: .observed,
      sentence: "A policy may name its own tenant among the allowed ones.",
      seenAs: .policyChange { sight in
        sight.isSaved && sight.replacement.contains { $0.subject == .tenant(sight.tenant) }
      }),
    Behaviour(
      "policy-object.tenant-twice", Source(.policyObject, 9), basis: .assumed,
      sentence: "A policy that names one tenant twice is refused.",
      seenAs: .policyChange { $0.isRefused(for: .ruleRepeated) }),
    Behaviour(
      "policy-object.no-direction", Source(.policyObject, 9), basis: .assumed,
      sentence: "A policy with an entry that allows neither direction is refused.",
      seenAs: .policyChange { $0.isRefused(for: .ruleWithoutDirection) }),
    Behaviour(
      "policy-object.too-many-rules", Source(.policyObject, 9), basis: .assumed,
      sentence: "A policy with more rules than an allowlist holds is refused.",
      seenAs: .policyChange { $0.isReplacement && $0.isRefused(for: .ruleLimit) }),
    Behaviour(
      "policy-object.synchronous", Source(.policyObject, 5), basis: .observed,
      sentence: "The answer to a replacement says that the policy is saved.",
      seenAs: .policyChange { $0.isReplacement && $0.isSaved }),
    Behaviour(
      "policy-object.asynchronous", Source(.policyObject, 6), basis: .assumed,
      sentence: "The answer to a replacement names an operation that saves the policy later.",
      seenAs: .policyChange { $0.isReplacement && $0.result.outcome == .allowed }),
  ]

  private static let operations = [
    operation("not-started", .notStarted, "An operation is not started when it is asked for."),
    operation("running", .running, "An operation is running while it is worked on."),
    operation("succeeded", .succeeded, "An operation that succeeds has saved the policy."),
    operation("failed", .failed, "An operation may fail, and then nothing is changed."),
  ]

  private static func operation(
    _ name: String, _ status: OperationStatus, _ sentence: String
  ) -> Behaviour {
    Behaviour(
      "policy-operation.\(name)", Source(.policyObject, 7), basis: .assumed, sentence: sentence,
      seenAs: .operation { $0.task == .policyReplacement && $0.status == status })
  }

  private static let beyondPolicy = [
    Behaviour(
      "policy-object.versions", Source(.policyObject, 10), basis: .observed,
      sentence: "Calls name one of several versions of the interface, or none.",
      leftOutBecause: "scenarios make no calls; the admin services take all of the versions"
    )
  ]
}

extension PolicyChangeSight {
  fileprivate var isRead: Bool {
    if case .readPolicy = statement.action { true } else { false }
  }

  fileprivate var isReplacement: Bool {
    if case .replacePolicy = statement.action { true } else { false }
  }

  /// The rules that the whole policy is to have; none where it is not replaced.
  fileprivate var replacement: [Rule] {
    if case .replacePolicy(let replacement, _) = statement.action { replacement.rules } else { [] }
  }

  /// The version that was read or saved.
  fileprivate var version: PolicyVersion? {
    let trace = scene.simulation.trace
    let record = scene.simulation.records(ofStatement: row).first { $0.policy != nil }
    return record?.policy.map { trace.policies[$0] }
  }

  /// Whether a rule that was there is gone.
  fileprivate var dropsRule: Bool {
    before.rules.contains { rule in !replacement.contains { $0.subject == rule.subject } }
  }
}
