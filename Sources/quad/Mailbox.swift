internal import QuadApp
internal import Synchronization
internal import TerminalUI

/// Messages from every thread to the main loop, which they wake.
final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wake: WakePipe
  /// Readable while messages wait; for `poll`.
  var readDescriptor: Int32 { wake.readDescriptor }

  init() throws(TerminalError) { wake = try WakePipe() }

  /// Any thread.
  func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    wake.set()
  }

  /// All messages so far, oldest first.
  func drain() -> [Message] {
    // What comes from here on wakes again.
    wake.clear()
    return messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
