/// SHA-256 of bytes (FIPS 180-4), for the hashes by which a page allows its own script and style.
///
/// Written here because the toolchain has none on Linux, and the project takes no outside packages.
struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  /// The 32 bytes of the digest.
  static func digest(of message: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    let padded = padded(message)
    for start in stride(from: 0, to: padded.count, by: 64) {
      hash.take(padded[start..<start + 64])
    }
    return hash.state.flatMap { word in
      [UInt8(word >> 24), UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)]
    }
  }

  /// The message, a one bit, zeros, and the length in bits: a multiple of 64 bytes.
  private static func padded(_ message: [UInt8]) -> [UInt8] {
    let zeros = (119 - message.count % 64) % 64
    let length = UInt64(message.count) * 8
    return message + [0x80] + Array(repeating: 0, count: zeros)
      + (0..<8).map { UInt8(length >> UInt64(56 - 8 * $0) & 255) }
  }

  private mutating func take(_ block: ArraySlice<UInt8>) {
    let words = Self.schedule(block)
    var v = state
    for (constant, word) in zip(Self.constants, words) {
      let choice = v[4] & v[5] ^ ~v[4] & v[6]
      let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
      let first = v[7] &+ v[4].turned(6, 11, 25) &+ choice &+ constant &+ word
      let second = v[0].turned(2, 13, 22) &+ majority
      v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for row in state.indices { state[row] &+= v[row] }
  }

  private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
    let bytes = Array(block)
    var words = stride(from: 0, to: 64, by: 4).map { row in
      bytes[row..<row + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for row in 16..<64 {
      let (near, far) = (words[row - 2], words[row - 15])
      let nearMix = near.turned(17) ^ near.turned(19) ^ near >> 10
      let farMix = far.turned(7) ^ far.turned(18) ^ far >> 3
      words.append(words[row - 16] &+ farMix &+ words[row - 7] &+ nearMix)
    }
    return words
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

extension UInt32 {
  fileprivate func turned(_ count: UInt32) -> UInt32 { self >> count | self << (32 - count) }

  fileprivate func turned(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt32 {
    turned(first) ^ turned(second) ^ turned(third)
  }
}
