import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Who shares what with whom.

extension RandomWorld {
  mutating func drawGroups() {
    for row in 0..<2 {
      let tenant = drawTenant()
      let people = scenario.cast.users.indices.map(UserID.init).filter {
        scenario.cast.users[$0.row].works(in: tenant)
      }
      scenario.cast.groups.append(Title(name: "g\(row)"))
      scenario.groups.append(
        Group(name: "g\(row)", tenant: tenant, members: some(people, atMost: 3)))
    }
  }

  mutating func drawShareDeclarations() {
    for app in scenario.cast.apps.indices where chance(20) {
      declare(.share(.app(AppID(app)), Share(drawRecipient(), .user)))
    }
    for flow in scenario.cast.flows.indices where chance(15) {
      declare(.share(.flow(FlowID(flow)), Share(drawRecipient(), pick([.coOwner, .runOnly]))))
    }
    for connection in scenario.cast.connections.indices where chance(25) {
      let recipients = (0..<1 + upTo(1)).map { _ in drawRecipient() }
      declare(.dataAccess(ConnectionID(connection), recipients))
    }
  }

  mutating func drawRecipient() -> Recipient {
    switch upTo(9) {
    case 0...5: .user(drawUser())
    case 6...8: .group(GroupID(upTo(scenario.groups.count - 1)))
    default: .everyone
    }
  }

  mutating func drawUser() -> UserID { UserID(upTo(scenario.cast.users.count - 1)) }

  mutating func drawSharingAction() -> (UserID?, Action) {
    let app = AppID(upTo(scenario.cast.apps.count - 1))
    let flow = FlowID(upTo(scenario.cast.flows.count - 1))
    switch upTo(19) {
    case 0...3: return (actor(appOwners[app.row]), .share(.app(app), Share(drawRecipient(), .user)))
    case 4...8:
      let role: ShareRole = pick([.coOwner, .coOwner, .runOnly])
      return (actor(flowOwners[flow.row]), .share(.flow(flow), Share(drawRecipient(), role)))
    case 9: return (actor(appOwners[app.row]), .unshare(.app(app), from: drawRecipient(), nil))
    case 10:
      return (
        actor(flowOwners[flow.row]),
        .unshare(.flow(flow), from: drawRecipient(), pick([nil, .coOwner]))
      )
    case 11...14: return drawCopy(of: flow)
    case 15...16: return drawMove(of: flow)
    default: return drawGroupChange()
    }
  }

  /// Mostly under the name that flows are rarely created under.
  private mutating func drawCopy(of flow: FlowID) -> (UserID?, Action) {
    let copy = chance(70) ? FlowID(scenario.cast.flows.count - 1) : flow
    let (sender, user) = (actor(flowOwners[flow.row]), drawUser())
    flowOwners[copy.row] = user
    triggers[copy.row] = triggers[flow.row]
    return (sender, .sendCopy(flow, to: user, as: copy))
  }

  private mutating func drawMove(of flow: FlowID) -> (UserID?, Action) {
    let mover = actor(flowOwners[flow.row])
    let user = chance(70) ? pick(connectionOwners) : drawUser()
    flowOwners[flow.row] = user
    let uses = chance(60) ? drawUses(of: user, trigger: nil) : nil
    return (mover, .moveFlow(flow, to: user, uses: uses))
  }

  private mutating func drawGroupChange() -> (UserID?, Action) {
    let group = GroupID(upTo(scenario.groups.count - 1))
    let tenant = scenario.groups[group.row].tenant
    let people = scenario.cast.users.indices.map(UserID.init).filter {
      scenario.cast.users[$0.row].works(in: tenant)
    }
    let (user, isMember) = (people.isEmpty ? drawUser() : pick(people), chance(60))
    let actor = chance(20) ? user : administrator(of: tenant)
    return (actor, .changeGroup(group, user, isMember: isMember))
  }
}
