import PowerPlatform
import SimulationTrace
import TenantIsolation

// Who configures isolation, and how the allowlist is kept.

extension Catalogue {
  static let configuration = roles + changes + naming + effects

  private static let roles = [
    Behaviour(
      "roles.power-platform-administrator", Source(.introduction, 3, 19), Source(.configuration, 2),
      sentence: "A Power Platform administrator sets the policy.",
      seenAs: .policyChange { $0.isSaved && $0.actor?.role == .administrator }),
    Behaviour(
      "roles.global-administrator", Source(.introduction, 3), Source(.configuration, 2),
      sentence: "A Global administrator sets the policy.",
      seenAs: .policyChange { $0.isSaved && $0.actor?.role == .globalAdministrator }),
    Behaviour(
      "roles.nobody-else", Source(.introduction, 19), Source(.configuration, 2),
      sentence: "Nobody without such a role sets the policy.",
      seenAs: .policyChange {
        $0.isRefused(for: .notAdministrator)
          && ($0.actor?.role == .maker || $0.actor?.role == .user)
      }),
    Behaviour(
      "roles.own-tenant-only", Source(.introduction, 19), basis: .assumed,
      sentence: "An administrator of one tenant does not set another tenant's policy.",
      seenAs: .policyChange {
        $0.isRefused(for: .notAdministrator) && $0.actor?.role == .administrator
          && $0.actor?.home != $0.tenant
      }),
  ]

  private static let changes =
    changes(
      "rules-while-on", whileOn: true,
      Source(.configuration, 3, 16), Source(.configuration, 16), Source(.configuration, 16),
      [
        "While isolation is on, rules are added.", "While isolation is on, rules are edited.",
        "While isolation is on, rules are deleted.",
      ])
    + changes(
      "rules-while-off", whileOn: false,
      Source(.configuration, 4, 16), Source(.configuration, 4, 16), Source(.configuration, 16),
      [
        "While isolation is off, rules are added.", "While isolation is off, rules are edited.",
        "While isolation is off, rules are deleted.",
      ])

  /// The three things that are done to rules, with isolation on or off.
  private static func changes(
    _ name: String, whileOn isOn: Bool, _ add: Source, _ edit: Source, _ delete: Source,
    _ sentences: [String]
  ) -> [Behaviour] {
    let sentence = { (row: Int) in sentences.indices.contains(row) ? sentences[row] : "" }
    func behaviour(
      _ row: Int, _ verb: String, _ source: Source, _ fits: @escaping @Sendable (Action) -> Bool
    ) -> Behaviour {
      Behaviour(
        "\(name).\(verb)", source, sentence: sentence(row),
        seenAs: .policyChange {
          $0.isSaved && $0.before.isOn == isOn && fits($0.statement.action)
        })
    }
    return [
      behaviour(0, "add", add) { if case .allow = $0 { true } else { false } },
      behaviour(1, "edit", edit) { if case .changeRule = $0 { true } else { false } },
      behaviour(2, "delete", delete) { if case .removeRule = $0 { true } else { false } },
    ]
  }

  private static let naming = [
    Behaviour(
      "new-rule.inbound", Source(.configuration, 6),
      sentence: "A new rule can be for inbound connections.",
      seenAs: .policyChange { $0.adds(.inbound) }),
    Behaviour(
      "new-rule.outbound", Source(.configuration, 6),
      sentence: "A new rule can be for outbound connections.",
      seenAs: .policyChange { $0.adds(.outbound) }),
    Behaviour(
      "new-rule.both", Source(.configuration, 6),
      sentence: "A new rule can be for both directions.",
      seenAs: .policyChange { $0.adds(.both) }),
    Behaviour(
      "new-rule.by-domain", Source(.configuration, 7),
      sentence: "A new rule's tenant can be given by a domain.",
      seenAs: .policyChange { $0.isSaved && $0.isNew && $0.statement.ruleNotation == .domain }),
    Behaviour(
      "new-rule.by-id", Source(.configuration, 7),
      sentence: "A new rule's tenant can be given by its id.",
      seenAs: .policyChange { $0.isSaved && $0.isNew && $0.statement.ruleNotation == .identifier }),
    Behaviour(
      "new-rule.domain-finds-tenant", Source(.configuration, 9),
      sentence: "A rule that was given by a domain is for the tenant that the domain belongs to.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { $0.isAllowedByRule && $0.ruleStatement?.ruleNotation == .domain }),
    Behaviour(
      "new-rule.further-domain", Source(.configuration, 12),
      sentence: "A tenant has more than one domain, and each of them stands for all of it.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { $0.isAllowedByRule && $0.ruleStatement?.ruleNotation == .furtherDomain }
    ),
  ]

  private static let effects = [
    Behaviour(
      "rules-while-off.not-enforced", Source(.configuration, 5),
      sentence: "While isolation is off, rules change nothing: what no rule names crosses as well.",
      needs: .because(.outboundIsolationOff, .inboundIsolationOff),
      seenAs: .connection { $0.isAllowed && $0.passesIdleRules }),
    Behaviour(
      "rules-while-off.enforced-once-on", Source(.configuration, 5),
      sentence: "Rules from the time when isolation was off count once it is on.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { $0.isAllowedByRule && $0.hasRuleFromTimeOff }),
    Behaviour(
      "rules.listed-together", Source(.configuration, 8),
      sentence: "A saved rule stands in the list beside those that were there.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection {
        $0.isAllowedByRule && $0.ruleStatement != nil && ($0.rulingPolicy?.rules.count ?? 0) > 1
      }),
    Behaviour(
      "rules.direction-edited", Source(.configuration, 14),
      sentence: "A rule's direction can be changed, and it allows the new one.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { sight in
        guard case .changeRule = sight.ruleStatement?.action else { return false }
        return sight.isAllowedByRule
      }),
    Behaviour(
      "rules.tenant-fixed", Source(.configuration, 15),
      sentence: "A rule can't be given another tenant.",
      seenAs: .policyChange { $0.isRefused(for: .ruleTenantFixed) }),
    Behaviour(
      "allowlist-outbound.while-on", Source(.outboundAllowlist, 1),
      sentence: "With isolation on, an administrator puts another tenant on the outbound list.",
      seenAs: .policyChange { $0.adds(.outbound) && $0.before.isOn }),
    Behaviour(
      "allowlist-both.while-on", Source(.bidirectionalAllowlist, 1),
      sentence: "With isolation on, an administrator puts another tenant on both lists.",
      seenAs: .policyChange { $0.adds(.both) && $0.before.isOn }),
    Behaviour(
      "rule-limit.2023", Source(.configuration, 3), basis: .assumed,
      sentence: "An allowlist holds 50 rules.",
      seenAs: .policyChange { $0.isRefused(atLimit: 50) && $0.edition == .of2023 }),
  ]
}

extension PolicyChangeSight {
  /// Whether the list had no rule for the tenant.
  fileprivate var isNew: Bool {
    if case .allow(let subject, _, _) = statement.action {
      before.directions(for: subject).isEmpty
    } else {
      false
    }
  }

  /// Whether it is a new rule for just these directions, for one tenant.
  fileprivate func adds(_ directions: Directions) -> Bool {
    guard case .allow(.tenant, directions, _) = statement.action else { return false }
    return isSaved && isNew
  }
}

extension ConnectionSight {
  /// Whether a tenant on its way is off and keeps rules, none of which would let it pass.
  fileprivate var passesIdleRules: Bool {
    func isIdle(_ policy: IsolationPolicy, _ direction: Direction, _ other: TenantID) -> Bool {
      var enforced = policy
      enforced.isOn = true
      return !policy.isOn && !policy.rules.isEmpty
        && enforced.ground(direction, for: other).isBlocking
    }
    return crosses && connector.signIn == .entraID
      && (isIdle(creatorPolicy, .outbound, definition.signIn)
        || isIdle(signInPolicy, .inbound, definition.creator))
  }

  /// Whether the rule that lets it pass stood in the list while isolation was off.
  fileprivate var hasRuleFromTimeOff: Bool {
    guard let rule else { return false }
    return scene.simulation.trace.policies.contains { version in
      version.tenant == rule.tenant && !version.policy.isOn
        && version.savedAt ?? .start <= time
        && version.policy.directions(for: .tenant(rule.subject)) == rule.directions
    }
  }
}
