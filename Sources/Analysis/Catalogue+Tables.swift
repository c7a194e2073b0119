import SimulationTrace
import TenantIsolation

// The page's three tables, row by row, and what it says around them. Contoso stands for the tenant
// that isolates itself and Fabrikam for the other one, whatever they are called.

extension Catalogue {
  static let tables =
    table(
      "two-way-isolation", listing: [],
      Source(.twoWay, 3, 8), Source(.twoWay, 3, 4, 9), Source(.twoWay, 3, 6, 10),
      Source(.twoWay, 3, 11),
      [
        "While Contoso isolates itself, its users connect to Contoso.",
        "While Contoso isolates itself and does not list Fabrikam, Contoso's users can't connect to "
          + "Fabrikam.",
        "While Contoso isolates itself and does not list Fabrikam, Fabrikam's users can't connect to "
          + "Contoso.",
        "While Contoso isolates itself, Fabrikam's users connect to Fabrikam.",
      ])
    + guests + oneWay
    + table(
      "outbound-allowlist", listing: .outbound,
      Source(.outboundAllowlist, 6), Source(.outboundAllowlist, 2, 3, 7),
      Source(.outboundAllowlist, 4, 5, 8), Source(.outboundAllowlist, 9),
      [
        "With Fabrikam on its outbound list only, Contoso's users connect to Contoso.",
        "With Fabrikam on Contoso's outbound list, Contoso's users connect to Fabrikam, thanks to "
          + "that entry.",
        "With Fabrikam on Contoso's outbound list only, Fabrikam's users still can't connect to "
          + "Contoso.",
        "With Fabrikam on Contoso's outbound list only, Fabrikam's users connect to Fabrikam.",
      ])
    + table(
      "bidirectional-allowlist", listing: .both,
      Source(.bidirectionalAllowlist, 2), Source(.bidirectionalAllowlist, 3),
      Source(.bidirectionalAllowlist, 4), Source(.bidirectionalAllowlist, 5),
      [
        "With Fabrikam on both its lists, Contoso's users connect to Contoso.",
        "With Fabrikam on both of Contoso's lists, Contoso's users connect to Fabrikam.",
        "With Fabrikam on both of Contoso's lists, Fabrikam's users connect to Contoso.",
        "With Fabrikam on both of Contoso's lists, Fabrikam's users connect to Fabrikam.",
      ])

  /// The four rows of a table in which Contoso is on and lists Fabrikam for some directions.
  private static func table(
    _ name: String, listing directions: Directions, _ home: Source, _ out: Source,
    _ into: Source, _ elsewhere: Source, _ sentences: [String]
  ) -> [Behaviour] {
    let (mayLeave, mayEnter) = (directions.contains(.outbound), directions.contains(.inbound))
    let sentence = { (row: Int) in sentences.indices.contains(row) ? sentences[row] : "" }
    return [
      Behaviour(
        "\(name).contoso-to-contoso", home, sentence: sentence(0), needs: .because(.sameTenant),
        seenAs: .connection { $0.isInside(listing: directions) }),
      Behaviour(
        "\(name).contoso-to-fabrikam", out, sentence: sentence(1),
        needs: .because(mayLeave ? .outboundRule : .outboundBlocked),
        seenAs: .connection {
          $0.isEvaluated && $0.isAllowed == mayLeave
            && $0.creatorPolicy.lists($0.definition.signIn, for: directions)
        }),
      Behaviour(
        "\(name).fabrikam-to-contoso", into, sentence: sentence(2),
        needs: .because(mayEnter ? .inboundRule : .inboundBlocked),
        seenAs: .connection {
          $0.isEvaluated && $0.isAllowed == mayEnter
            && $0.signInPolicy.lists($0.definition.creator, for: directions)
        }),
      Behaviour(
        "\(name).fabrikam-to-fabrikam", elsewhere, sentence: sentence(3),
        needs: .because(.sameTenant),
        seenAs: .connection { $0.isElsewhere(listedFor: directions) }),
    ]
  }

  private static let guests = [
    Behaviour(
      "guests.host-to-host", Source(.twoWay, 12),
      sentence:
        "What a guest connects to in the tenant they are a guest of, from there, is not looked at.",
      needs: .because(.guestInHostTenant),
      seenAs: .connection { $0.has(.guestInHostTenant) && $0.creatorPolicy.isOn && $0.isAllowed }),
    Behaviour(
      "guests.host-to-home", Source(.twoWay, 12), basis: .assumed,
      sentence:
        "What a guest connects to at home, from the tenant they are a guest of, is looked at like "
        + "anybody's.",
      needs: .because(blocked),
      seenAs: .connection {
        $0.owner.home == $0.definition.signIn && $0.owner.guestIn.contains($0.definition.creator)
          && $0.isBlockedByIsolation
      }),
    Behaviour(
      "guests.home-to-host", Source(.twoWay, 12), Source(.switchFound, 8), basis: .assumed,
      sentence:
        "What somebody connects to from home with a guest account is looked at like anybody's.",
      needs: .because(blocked),
      seenAs: .connection {
        $0.owner.home == $0.definition.creator && $0.owner.guestIn.contains($0.definition.signIn)
          && $0.isBlockedByIsolation
      }),
  ]

  private static let oneWay = [
    Behaviour(
      "one-way-isolation.inbound-blocked", Source(.introduction, 20), Source(.allowlists, 1),
      sentence: "Isolation of the inbound direction alone rejects what comes from other tenants.",
      needs: .because(.inboundBlocked),
      seenAs: .connection { $0.has(.inboundBlocked) && $0.signInPolicy.isOneWay }),
    Behaviour(
      "one-way-isolation.outbound-open", Source(.introduction, 20), Source(.allowlists, 1),
      basis: .assumed,
      sentence:
        "It lets the tenant's own users out; it is set up as on, with a rule for * outbound.",
      needs: .because(.outboundWildcard),
      seenAs: .connection { $0.isAllowed && $0.has(.outboundWildcard) && $0.creatorPolicy.isOneWay }
    ),
    Behaviour(
      "exceptions.credentials-are-needed", Source(.outboundAllowlist, 2),
      sentence: "An exception does not spare anybody valid credentials.",
      needs: .because(.credentials),
      seenAs: .connection { sight in
        let (creator, signIn) = (sight.definition.creator, sight.definition.signIn)
        return sight.has(.credentials)
          && (sight.creatorPolicy.ground(.outbound, for: signIn) == .outboundRule
            || sight.signInPolicy.ground(.inbound, for: creator) == .inboundRule)
      }),
  ]
}

extension IsolationPolicy {
  /// Whether it is on and names another tenant for just these directions; no rule for `*` blurs that.
  fileprivate func lists(_ other: TenantID, for directions: Directions) -> Bool {
    isOn && self.directions(for: .every).isEmpty
      && self.directions(for: .tenant(other)) == directions
  }

  /// On, with the way out open to all.
  fileprivate var isOneWay: Bool { isOn && directions(for: .every) == .outbound }
}

extension ConnectionSight {
  /// Whether isolation was asked: the credentials were fine and the way leads to another tenant.
  fileprivate var isEvaluated: Bool {
    crosses && connector.signIn == .entraID && !has(.credentials, .dataPolicy)
  }

  private var staysHome: Bool { has(.sameTenant) && !has(.guestInHostTenant) && isAllowed }

  /// Whether it stays inside a tenant that isolates itself and lists some other so.
  fileprivate func isInside(listing directions: Directions) -> Bool {
    staysHome && creatorPolicy.isOn
      && others(listedFor: directions).contains {
        $0 != definition.creator && !policy(of: $0).isOn
          && creatorPolicy.lists($0, for: directions)
      }
  }

  /// Whether it stays inside a tenant that does not isolate itself and is listed by some other so.
  fileprivate func isElsewhere(listedFor directions: Directions) -> Bool {
    staysHome && !creatorPolicy.isOn
      && others(listedFor: directions).contains {
        policy(of: $0).lists(definition.creator, for: directions)
      }
  }

  /// The tenants among which are all that its tenant lists so, or that list it so.
  private func others(listedFor directions: Directions) -> [TenantID] {
    directions.isEmpty ? scene.tenants : Array(scene.related(to: definition.creator))
  }
}
