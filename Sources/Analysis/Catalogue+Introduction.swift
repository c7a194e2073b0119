import TenantIsolation

// What the page says before its scenarios: whom isolation is for, what it looks at, and what the
// switch and its exceptions do.

extension Catalogue {
  static let introduction = makers + reach + whileOff + whileOn + exceptions

  private static let makers = [
    Behaviour(
      "makers.app", Source(.introduction, 1),
      sentence: "Makers build apps over connections that sign in with Entra ID.",
      seenAs: .connection {
        $0.moment.isAppDesign && $0.connector.signIn == .entraID && $0.isAllowed
      }
    ),
    Behaviour(
      "makers.flow", Source(.introduction, 1),
      sentence: "Makers build flows over connections that sign in with Entra ID.",
      seenAs: .connection {
        $0.moment.isFlowDesign && $0.connector.signIn == .entraID && $0.isAllowed
      }),
  ]

  private static let reach = [
    Behaviour(
      "evaluated.office365-outlook", Source(.summary, 2), Source(.introduction, 6),
      sentence:
        "Isolation looks at connections that sign in with Entra ID: Office 365 Outlook is one.",
      needs: .because(evaluated), seenAs: .connection { $0.isEvaluated("office365-outlook") }),
    Behaviour(
      "evaluated.sharepoint", Source(.summary, 2), Source(.introduction, 6),
      sentence: "Isolation looks at connections that sign in with Entra ID: SharePoint is another.",
      needs: .because(evaluated), seenAs: .connection { $0.isEvaluated("sharepoint") }),
    Behaviour(
      "evaluated.not-without-entra-id", Source(.introduction, 6),
      sentence: "Isolation does not look at connections of connectors that sign in elsewhere.",
      needs: .because(.notEntraID),
      seenAs: .connection { $0.has(.notEntraID) && $0.meetsIsolation && $0.isAllowed }),
    Behaviour(
      "azure-devops.outbound", Source(.introduction, 7), Source(.knownIssues, 1, 2),
      sentence:
        "Azure DevOps asks Entra ID who somebody is and issues its own token, so connections with it "
        + "leave an isolated tenant.",
      needs: .because(.ownTokenService),
      seenAs: .connection {
        $0.has(.ownTokenService) && $0.crosses && $0.creatorPolicy.isOn && $0.isAllowed
      }),
    Behaviour(
      "azure-devops.inbound", Source(.introduction, 7), Source(.knownIssues, 1, 2),
      sentence: "For the same reason connections with Azure DevOps enter an isolated tenant.",
      needs: .because(.ownTokenService),
      seenAs: .connection {
        $0.has(.ownTokenService) && $0.crosses && $0.signInPolicy.isOn && $0.isAllowed
      }),
    Behaviour(
      "azure-devops-mitigation.connector", Source(.introduction, 8), Source(.knownIssues, 3),
      sentence: "A data policy can block the Azure DevOps connector.",
      needs: .because(.dataPolicy),
      seenAs: .connection {
        $0.connector.signIn == .ownTokenService && $0.failure?.cause == .blockedConnector
      }),
    Behaviour(
      "azure-devops-mitigation.action", Source(.introduction, 8), Source(.knownIssues, 3),
      sentence: "A data policy can block single actions of the Azure DevOps connector.",
      needs: .because(.dataPolicy),
      seenAs: .connection {
        $0.connector.signIn == .ownTokenService && $0.failure?.cause == .blockedAction
      }),
    Behaviour(
      "affected.canvas-apps", Source(.introduction, 18),
      sentence: "Isolation applies to canvas apps.",
      needs: .because(blocked),
      seenAs: .connection {
        ($0.moment.isAppDesign || $0.moment == .appOpening) && $0.isBlockedByIsolation
      }),
    Behaviour(
      "affected.flows", Source(.introduction, 18),
      sentence: "Isolation applies to cloud flows.",
      needs: .because(blocked),
      seenAs: .connection {
        ($0.moment.isFlowDesign || $0.moment == .run) && $0.isBlockedByIsolation
      }),
  ]

  private static let whileOff = [
    Behaviour(
      "off.by-default", Source(.introduction, 9),
      sentence: "In a tenant that nobody has configured, isolation is off.",
      needs: .because(.outboundIsolationOff, .inboundIsolationOff),
      seenAs: .connection { sight in
        [sight.definition.creator, sight.definition.signIn].allSatisfy {
          sight.isUntouched($0) && !sight.policy(of: $0).isOn
        } && sight.crosses
      }),
    Behaviour(
      "off.connections-cross", Source(.introduction, 9), Source(.configuration, 17),
      sentence: "With isolation off, somebody with the other tenant's credentials connects to it.",
      needs: .because(.outboundIsolationOff, .inboundIsolationOff),
      seenAs: .connection {
        $0.moment == .creation && $0.isAllowed && $0.has(.outboundIsolationOff)
          && $0.has(.inboundIsolationOff)
      }),
    Behaviour(
      "off.credentials-are-needed", Source(.introduction, 9),
      sentence: "Off lets nobody in who has no valid credentials.",
      needs: .because(.credentials),
      seenAs: .connection { $0.has(.credentials) && $0.crosses && !$0.meetsIsolation }),
  ]

  private static let whileOn = [
    Behaviour(
      "on.switched", Source(.introduction, 10), Source(.impact, 2), Source(.switchFound, 1, 3, 5),
      sentence: "An administrator turns isolation on.",
      seenAs: .policyChange {
        if case .turnIsolation(on: true, _) = $0.statement.action {
          $0.isSaved && !$0.before.isOn
        } else {
          false
        }
      }),
    Behaviour(
      "on.outbound-blocked", Source(.introduction, 11, 12, 20), Source(.twoWay, 2, 5),
      Source(.switchFound, 7),
      sentence:
        "On keeps the tenant's users from connecting to any other tenant, valid credentials or not.",
      needs: .because(.outboundBlocked),
      seenAs: .connection {
        $0.moment == .creation && $0.has(.outboundBlocked) && $0.creatorPolicy.isTwoWay
      }),
    Behaviour(
      "on.inbound-blocked", Source(.introduction, 11, 12, 20), Source(.twoWay, 1, 7),
      Source(.switchFound, 7),
      sentence:
        "On keeps users of any other tenant from connecting to this one, valid credentials or not.",
      needs: .because(.inboundBlocked),
      seenAs: .connection {
        $0.moment == .creation && $0.has(.inboundBlocked) && $0.signInPolicy.isTwoWay
      }),
    Behaviour(
      "on.credentials-come-first", Source(.introduction, 12), basis: .assumed,
      sentence: "Whoever has no valid credentials is told so; the policies are not asked.",
      needs: .because(.credentials),
      seenAs: .connection { sight in
        let (creator, signIn) = (sight.definition.creator, sight.definition.signIn)
        return sight.has(.credentials)
          && (sight.creatorPolicy.ground(.outbound, for: signIn).isBlocking
            || sight.signInPolicy.ground(.inbound, for: creator).isBlocking)
      }),
    Behaviour(
      "both-isolated.each-blocks", Source(.twoWay, 1, 2), basis: .assumed,
      sentence: "Where both tenants are on, an exception in one of them is not enough.",
      needs: .because(blocked),
      seenAs: .connection {
        $0.creatorPolicy.isOn && $0.signInPolicy.isOn
          && (($0.has(.outboundRule) && $0.has(.inboundBlocked))
            || ($0.has(.outboundBlocked) && $0.has(.inboundRule)))
      }),
    Behaviour(
      "both-isolated.both-allow", Source(.twoWay, 1, 2), basis: .assumed,
      sentence:
        "Where both tenants are on, a connection crosses that the one lets out and the other lets in.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { $0.has(.outboundRule) && $0.has(.inboundRule) }),
  ]

  private static let exceptions = [
    Behaviour(
      "exceptions.added", Source(.introduction, 13), Source(.rules, 1),
      sentence: "A rule makes an exception: what it names crosses although isolation is on.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { $0.isAllowedByRule && $0.ruleStatement != nil }),
    Behaviour(
      "exceptions.inbound", Source(.introduction, 14), Source(.rules, 2),
      sentence: "An exception can be for inbound connections only.",
      needs: .because(.inboundRule),
      seenAs: .connection { $0.isAllowedByRule && $0.rule?.directions == .inbound }),
    Behaviour(
      "exceptions.outbound", Source(.introduction, 14), Source(.rules, 2),
      sentence: "An exception can be for outbound connections only.",
      needs: .because(.outboundRule),
      seenAs: .connection { $0.isAllowedByRule && $0.rule?.directions == .outbound }),
    Behaviour(
      "exceptions.both", Source(.introduction, 14), Source(.rules, 2),
      sentence: "An exception can be for both directions.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { $0.isAllowedByRule && $0.rule?.directions == .both }),
    Behaviour(
      "exceptions.others-rejected", Source(.introduction, 10, 16),
      sentence: "Whoever is not on the list is rejected, however many others are on it.",
      needs: .because(blocked),
      seenAs: .connection { sight in
        sight.blockingPolicies.contains { policy, other, direction in
          policy.rules.contains {
            $0.subject != .every && $0.subject != .tenant(other)
              && $0.directions.contains(direction)
          }
        }
      }),
    Behaviour(
      "wildcard.inbound", Source(.introduction, 15), Source(.configuration, 13),
      sentence: "A rule for * lets all tenants in while isolation is on.",
      needs: .because(.inboundWildcard),
      seenAs: .connection {
        $0.isAllowed && $0.has(.inboundWildcard)
          && $0.signInPolicy.directions(for: .every) == .inbound
      }),
    Behaviour(
      "wildcard.outbound", Source(.introduction, 15), Source(.configuration, 13),
      sentence: "A rule for * lets the tenant's users out to all tenants while isolation is on.",
      needs: .because(.outboundWildcard),
      seenAs: .connection {
        $0.isAllowed && $0.has(.outboundWildcard)
          && $0.creatorPolicy.directions(for: .every) == .outbound
      }),
    Behaviour(
      "wildcard.both", Source(.introduction, 15), Source(.configuration, 13),
      sentence: "A rule for * in both directions leaves isolation on and blocks nothing.",
      needs: .because(.outboundWildcard, .inboundWildcard),
      seenAs: .connection {
        $0.isAllowed
          && (($0.has(.outboundWildcard) && $0.creatorPolicy.directions(for: .every) == .both)
            || ($0.has(.inboundWildcard) && $0.signInPolicy.directions(for: .every) == .both))
      }),
    Behaviour(
      "safe-way", Source(.impact, 3, 4),
      sentence:
        "Exceptions that are there when isolation is turned on spare apps and flows the impact.",
      needs: .because(.outboundRule, .inboundRule),
      seenAs: .connection { $0.moment == .run && $0.isAllowedByRule && $0.wasSpared }),
  ]

  /// The grounds of a connection that isolation looks at.
  private static let evaluated: [Ground] = [
    .outboundIsolationOff, .outboundRule, .outboundWildcard, .outboundBlocked,
    .inboundIsolationOff, .inboundRule, .inboundWildcard, .inboundBlocked,
  ]

  /// The grounds of one that it blocks.
  static let blocked: [Ground] = [.outboundBlocked, .inboundBlocked]
}

extension IsolationPolicy {
  /// On, with neither direction open to all.
  fileprivate var isTwoWay: Bool { isOn && directions(for: .every).isEmpty }
}

extension ConnectionSight {
  fileprivate func isEvaluated(_ connector: String) -> Bool {
    self.connector.name == connector && crosses && meetsIsolation && !has(.credentials)
  }

  /// Whether a tenant's policy is what it is where nobody has said anything.
  fileprivate func isUntouched(_ tenant: TenantID) -> Bool {
    let version = scene.version(of: tenant, moment.isAtRunTime ? .inForce : .saved, at: time)
    return version.savedAt == nil && version.line == 0
  }

  /// Whether the flow ran before isolation was on, and never failed since.
  fileprivate var wasSpared: Bool {
    guard let flow, let tenant = rule?.tenant, let first = scene.firstSuccess[flow.row],
      first < time, scene.firstFailure[flow.row].map({ $0 > time }) ?? true
    else { return false }
    return !scene.version(of: tenant, .inForce, at: first).policy.isOn
  }
}
