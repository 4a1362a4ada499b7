import CCurl

/// libcurl's multi handle: every transfer and every kept connection of one network thread.
///
/// All of it belongs to that thread but `wakeUp`, which any thread may call.
@safe
final class MultiHandle: Sendable {
  // Only curl_multi_wakeup is called from other threads, and libcurl documents it as safe.
  private nonisolated(unsafe) let pointer: UnsafeMutableRawPointer

  init() throws(TransferFailure) {
    guard Self.isCurlReady, let pointer = unsafe curl_multi_init() else { throw .other(code: 2) }
    unsafe self.pointer = pointer
  }

  deinit {
    // The loop removed every easy handle before it let go of this one.
    _ = unsafe curl_multi_cleanup(pointer)
  }

  /// Safe from every thread, and while nobody polls: the next poll then returns at once.
  func wakeUp() {
    // Documented as safe from any thread.
    _ = unsafe curl_multi_wakeup(pointer)
  }

  func add(_ easy: EasyHandle) throws(TransferFailure) {
    // Both handles live; the loop removes the easy handle before it frees it.
    let code = unsafe easy.withPointer { unsafe curl_multi_add_handle(pointer, $0) }
    guard code == CURLM_OK else { throw .other(code: Int(code.rawValue)) }
  }

  func remove(_ easy: EasyHandle) {
    // The loop removes only what it added.
    _ = unsafe easy.withPointer { unsafe curl_multi_remove_handle(pointer, $0) }
  }

  /// Moves every transfer on as far as it goes without waiting.
  func perform() {
    var running: Int32 = 0
    // The count is written into the variable within the call.
    _ = unsafe curl_multi_perform(pointer, &running)
  }

  /// The handle of the next transfer that ended, by its identity; nil when none is left.
  func nextFinished() -> (identity: UInt, code: CURLcode)? {
    var left: Int32 = 0
    // A message lives until the next call of this function.
    while let message = unsafe curl_multi_info_read(pointer, &left) {
      // CURLMSG_DONE fills in the handle and the result; no other message exists.
      guard unsafe message.pointee.msg == CURLMSG_DONE,
        let easy = unsafe message.pointee.easy_handle
      else { continue }
      // Only the address and the code are taken.
      return unsafe (UInt(bitPattern: easy), message.pointee.data.result)
    }
    return nil
  }

  /// Waits for transfers, extra sockets, `wakeUp` or the timeout, whichever comes first.
  ///
  /// - Parameter timeout: milliseconds; libcurl waits less when a transfer's own timer is due.
  func poll(_ sockets: [PolledSocket], timeout: Int32) {
    var descriptors = sockets.map { socket in
      curl_waitfd(
        fd: socket.descriptor,
        events: Int16(CURL_WAIT_POLLIN) | (socket.wantsToSend ? Int16(CURL_WAIT_POLLOUT) : 0),
        revents: 0)
    }
    // The descriptors live for the call.
    _ = unsafe curl_multi_poll(pointer, &descriptors, UInt32(descriptors.count), timeout, nil)
  }

  /// libcurl's process-wide state, made once and kept until the process ends.
  private static let isCurlReady = ccurl_global_init() == CURLE_OK
}

/// A connect-only handle's socket among what a poll waits for.
struct PolledSocket {
  let descriptor: Int32
  let wantsToSend: Bool
}
