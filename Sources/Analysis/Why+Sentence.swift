import PowerPlatform
import SimulationTrace
import TenantIsolation

// An edit as somebody types it: at the prompt of `step`, for `impact`, or behind a time in a file.

extension Inquiry {
  /// The sentence of somebody who may make an edit: `ada removes rule fabrikam`. Where nobody may,
  /// it says so, and is none.
  func sentence(_ edit: PolicyEdit) -> String {
    let tenant = scenario.cast.tenants[edit.tenant.row].name
    let actor = administrator(for: edit).map { scenario.cast.users[$0.row].name }
    return (actor ?? "an administrator of \(tenant), who is not in this scenario,") + " "
      + deed(edit)
  }

  /// The first person who may make an edit.
  private func administrator(for edit: PolicyEdit) -> UserID? {
    let edition = scenario.settings.edition
    return scenario.cast.users.firstIndex { user in
      user.home == edit.tenant
        && (edit.isAboutIsolation ? edition.administers(user.role) : user.role.isAdministrator)
    }
    .map { UserID($0) }
  }

  private func deed(_ edit: PolicyEdit) -> String {
    let phrases = Phrases(simulation.trace)
    switch edit {
    case .isolation(let on, _): return "turns isolation \(on ? "on" : "off")"
    case .rule(let subject, [], _): return "removes rule \(phrases.subject(subject))"
    case .rule(let subject, let directions, let tenant):
      let before = policy(of: tenant).directions(for: subject)
      let words = phrases.directions(directions)
      return before.isStrictSuperset(of: directions)
        ? "changes rule \(phrases.subject(subject)) to \(words)"
        : "allows \(phrases.subject(subject)) \(words)"
    case .deleteDataPolicy(let id, _): return "deletes data policy \(phrases.name(id))"
    case .block(let connector, _):
      let name = scenario.cast.connectors[connector.row].name
      return "creates data policy \(newName("no-\(name)")) blocking \(name)"
    // Such edits are on their way already: nobody is told to make one.
    case .createDataPolicy, .replace: return "changes the policy"
    }
  }

  /// A name that no data policy has.
  private func newName(_ name: String) -> String {
    let known = Set(scenario.cast.dataPolicies.map(\.name))
    var (free, number) = (name, 2)
    while known.contains(free) { (free, number) = ("\(name)-\(number)", number + 1) }
    return free
  }
}
