import DiscreteEvents
import Testing

@Suite struct SeededGeneratorTests {
  /// Computed once by another implementation of SplitMix64 and FNV-1a, in another language, which
  /// gave the published first numbers of both.
  static let firstNumbers: [(seed: UInt64, numbers: [UInt64])] = [
    (0, [0xcf89_9212_c8bb_1491, 0x8be0_a68a_0c64_9ca8, 0x3067_aa51_e09b_ab17]),
    (1, [0x7017_a51c_6262_f9cb, 0x59e5_7451_1b5b_42ed, 0xa6bb_9de9_6395_e041]),
    (.max, [0xb3e1_51db_96e1_9863, 0x3654_f703_b829_b58a, 0x0e74_d5aa_b814_0218]),
  ]

  @Test("A seed and a name give the recorded numbers, on every machine", arguments: firstNumbers)
  func recorded(seed: UInt64, numbers: [UInt64]) {
    var generator = SeededGenerator(seed: seed, stream: "propagation")
    let drawn = numbers.map { _ in generator.next() }
    #expect(drawn == numbers)
  }

  @Test("Another name gives another stream of the same seed")
  func streams() {
    var generator = SeededGenerator(seed: 1, stream: "a")
    let drawn = [generator.next(), generator.next()]
    #expect(drawn == [0xcada_4802_a4df_6308, 0x094a_0417_89d3_d25e])
  }

  @Test("What is drawn from one stream shifts no other")
  func independence() {
    var first = SeededGenerator(seed: 7, stream: "one")
    var alone = SeededGenerator(seed: 7, stream: "two")
    var between = SeededGenerator(seed: 7, stream: "two")
    for _ in 0..<100 {
      let expected = alone.next()
      _ = first.next(in: 0...9)
      let drawn = between.next()
      #expect(drawn == expected)
    }
  }

  @Test("Nearby seeds share no number")
  func nearbySeeds() {
    var numbers: Set<UInt64> = []
    for seed in UInt64(0)..<100 {
      var generator = SeededGenerator(seed: seed, stream: "propagation")
      for _ in 0..<10 { numbers.insert(generator.next()) }
    }
    #expect(numbers.count == 1000)
  }

  @Test(
    "A number drawn from a range lies in it and reaches both its ends",
    arguments: [0...0, 0...1, -1...1, -7 ... -3, (.max - 2)...(.max), (.min)...(.min + 2)])
  func bounds(range: ClosedRange<Int64>) {
    var generator = SeededGenerator(seed: 3, stream: "bounds")
    var seen: Set<Int64> = []
    for _ in 0..<300 { seen.insert(generator.next(in: range)) }
    #expect(seen == Set(range))
  }

  @Test("A range as wide as the numbers themselves gives them all a chance")
  func widest() {
    var words = SeededGenerator(seed: 5, stream: "wide")
    var drawn = SeededGenerator(seed: 5, stream: "wide")
    let expected = (0..<100).map { _ in Int64(bitPattern: words.next()) }
    let wide = expected.map { _ in drawn.next(in: .min ... .max) }
    #expect(wide == expected)
    let almost = (0..<1000).map { _ in drawn.next(in: (.min + 1)...(.max)) }
    #expect(!almost.contains(.min))
    #expect((400...600).contains(almost.count { $0 < 0 }))
  }

  @Test("Each number of a range comes up equally often", arguments: [Int64(2), 3, 7, 10, 61])
  func fairness(sides: Int64) {
    var generator = SeededGenerator(seed: 11, stream: "dice")
    var counts = [Int](repeating: 0, count: Int(sides))
    let throwsPerSide = 2_000
    for _ in 0..<throwsPerSide * Int(sides) { counts[Int(generator.next(in: 1...sides) - 1)] += 1 }
    // Five standard deviations; the numbers are fixed, so this holds always or never.
    #expect(counts.allSatisfy { abs($0 - throwsPerSide) < 225 }, "\(counts)")
  }

  /// Of 3·2⁶² numbers, spreading the 2⁶⁴ words over them without rejecting any would give every
  /// third number two words and the others one.
  @Test("A range that does not divide the words evenly is fair all the same")
  func hugeRange() {
    var generator = SeededGenerator(seed: 13, stream: "huge")
    let lowest: Int64 = -(1 << 62)
    var remainders = [0, 0, 0]
    for _ in 0..<9_000 {
      let number = generator.next(in: lowest...(.max))
      remainders[Int(UInt64(bitPattern: number &- lowest) % 3)] += 1
    }
    #expect(remainders.allSatisfy { abs($0 - 3_000) < 225 }, "\(remainders)")
  }
}

@Suite struct StableHashTests {
  @Test(
    "Bytes give the published hashes",
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325 as UInt64), ("a", 0xaf63_dc4c_8601_ec8c),
      ("foobar", 0x8594_4171_f739_67e8),
    ])
  func published(text: String, hash: UInt64) {
    var stable = StableHash()
    for byte in text.utf8 { stable.combine(byte: byte) }
    #expect(stable.value == hash)
  }

  @Test("Where one text ends and the next begins makes a difference")
  func boundaries() {
    #expect(
      hash {
        $0.combine("ab" as String); $0.combine("c" as String)
      }
        != hash {
          $0.combine("a" as String); $0.combine("bc" as String)
        })
  }

  @Test("A text in the program and the same text read from a file have one hash")
  func texts() {
    let literal: StaticString = "propagation é"
    #expect(hash { $0.combine(literal) } == hash { $0.combine("propagation é" as String) })
  }

  @Test("A number has one hash whatever its width")
  func widths() {
    #expect(hash { $0.combine(UInt8(7)) } == hash { $0.combine(Int64(7)) })
    #expect(hash { $0.combine(Int8(-1)) } == hash { $0.combine(Int64(-1)) })
    #expect(hash { $0.combine(7) } != hash { $0.combine(7 << 8) })
  }

  private func hash(_ feed: (inout StableHash) -> Void) -> UInt64 {
    var stable = StableHash()
    feed(&stable)
    return stable.value
  }
}
