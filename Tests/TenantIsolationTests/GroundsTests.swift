import TenantIsolation
import Testing

@Suite struct GroundsTests {
  @Test("Grounds keep the order in which they were given, each once")
  func order() {
    let grounds: Grounds = [
      .inboundBlocked, .sameTenant, .inboundBlocked, .dataPolicy, .sameTenant,
    ]
    #expect(Array(grounds) == [.inboundBlocked, .sameTenant, .dataPolicy])
    #expect(grounds.count == 3)
  }

  @Test("The same grounds in another order are another list")
  func orderMatters() {
    let one: Grounds = [.outboundRule, .inboundRule]
    let other: Grounds = [.inboundRule, .outboundRule]
    #expect(one != other)
  }

  @Test("No ground is an empty list that blocks nothing")
  func empty() {
    let none = Grounds()
    #expect(none.isEmpty)
    #expect(none.count == 0)
    #expect(Array(none) == [])
    #expect(!none.isBlocking)
    #expect(none == [])
  }

  @Test("All fifteen grounds fit into one list, from either end")
  func full() {
    for all in [Ground.allCases, Ground.allCases.reversed()] {
      var grounds = Grounds()
      for (count, ground) in all.enumerated() {
        #expect(grounds.count == count)
        #expect(!grounds.contains(ground))
        grounds.append(ground)
        #expect(grounds.contains(ground))
      }
      for ground in all { grounds.append(ground) }
      #expect(Array(grounds) == Array(all))
      #expect(grounds.count == 15)
    }
  }

  @Test("Joining two lists appends what is new, in the second one's order")
  func joining() {
    var grounds: Grounds = [.outboundRule, .inboundIsolationOff]
    grounds.append(contentsOf: [.dataPolicy, .outboundRule, .inboundBlocked])
    #expect(Array(grounds) == [.outboundRule, .inboundIsolationOff, .dataPolicy, .inboundBlocked])
    #expect(grounds == Grounds(.outboundRule, .inboundIsolationOff, .dataPolicy, .inboundBlocked))
  }

  @Test("One ground is enough to block", arguments: Ground.allCases)
  func blocking(ground: Ground) {
    let blocks: Set<Ground> = [
      .outboundBlocked, .inboundBlocked, .credentials, .dataPolicy, .connectionAbsent,
    ]
    #expect(Grounds(.sameTenant, ground).isBlocking == blocks.contains(ground))
  }

  @Test("Grounds are written with the words that scenarios use")
  func names() {
    #expect(
      Ground.allCases.map { "\($0.name)" } == [
        "same-tenant", "guest-in-host-tenant", "not-entra-id", "own-token-service",
        "outbound-isolation-off", "outbound-rule", "outbound-wildcard", "outbound-blocked",
        "inbound-isolation-off", "inbound-rule", "inbound-wildcard", "inbound-blocked",
        "credentials", "data-policy", "connection-absent",
      ])
  }
}
