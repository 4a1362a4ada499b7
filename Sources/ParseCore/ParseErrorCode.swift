/// Parse's error codes (reference/parse.md §1.7). A new code is a case and its row in `rows`.
package enum ParseErrorCode: Int, Sendable, CaseIterable {
  case other = -1
  case internalError = 1, serviceUnavailable, clientDisconnected = 4
  case connectionFailed = 100, objectNotFound, invalidQuery, invalidClassName, missingObjectId
  case invalidFieldName, invalidPointer, invalidJSON, commandUnavailable, notInitialized
  case incorrectType = 111, invalidChannel, invalidSubscription, invalidPush, pushMisconfigured
  case objectTooLarge, noPushTarget, appNotFound, operationForbidden, cacheMiss
  case invalidNestedKey, invalidFileName, invalidACL, timeout, invalidEmail, missingContentType
  case missingContentLength, invalidContentLength, fileTooLarge, fileSaveFailed
  case appUnused = 132, appSuspended, invalidCron, missingField, cannotChange, duplicateValue
  case changedTypeOfPush, invalidRoleName, quotaExceeded, scriptFailed, validationFailed
  case hookFailed
  case invalidImage = 150, unsavedFile, invalidPushTime, fileDeleteFailed, hostedQueryLimit
  case requestLimitExceeded, noDevice = 158, duplicateRequest, invalidEventName
  case fileDeleteUnnamed, invalidValue
  case usernameMissing = 200, passwordMissing, usernameTaken, emailTaken, emailMissing
  case emailNotFound, sessionMissing, mustSignUp, accountLinked, invalidSession
  case secondFactorFailed, secondFactorNeeded
  case linkedIdMissing = 250, linkedIdInvalid, unsupportedService, invalidAuthData
  case invalidSchema = 255, badClassName
  case aggregate = 600, fileReadFailed, browserRequestFailed
  case queueFull = 902, namespaceFull, clientVersionUnsupported = 999
}

extension ParseErrorCode {
  /// What may be done with a request that failed, once it is known why.
  package enum Retry: String, Sendable, CaseIterable {
    /// The same input fails again.
    case never
    /// Later, by itself, with growing pauses; a create only with a request id.
    case backOff
    /// After signing in again; what waits is kept.
    case afterSignIn
    /// After a confirmation by the person: of the e-mail address, or with a second factor.
    case afterConfirmation
    /// The first try arrived: read the row in place of sending again.
    case readBack
  }

  /// What one code means to the program and to a person.
  package struct Row: Sendable {
    package let code: ParseErrorCode
    /// For logs and the doctor's page.
    package let meaning: String
    package let retry: Retry
    /// For a person; nil where the server's own text says more, as cloud code's does.
    package let words: String?

    fileprivate init(
      _ code: ParseErrorCode, _ meaning: String, _ retry: Retry = .never, _ words: String? = nil
    ) {
      self.code = code
      self.meaning = meaning
      self.retry = retry
      self.words = words
    }
  }

  package var row: Row {
    Self.byCode[self] ?? Row(self, "unnamed")
  }

  package var meaning: String { row.meaning }

  private static let byCode: [ParseErrorCode: Row] = Dictionary(
    rows.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  static let forbidden = "You may not do this here. An admin can give the right."
  static let server = "The server has a problem. It is tried again by itself."
  static let offline = "No answer from the server. Your changes wait here."
  private static let report = "The server did not take this. Please report it with its code."
  private static let filter = "The server cannot do this filter. Change the filter."
  private static let large = "Too large for the server. Make it smaller."
  private static let wait = "Too many requests. It is tried again in a while."
  private static let signIn = "You are signed out. Sign in again; your changes wait here."

  /// One row a code, in the order of the numbers.
  package static let rows: [Row] = [
    Row(.other, "another cause, named in the text"),
    Row(
      .internalError, "internal error, bad date or operator, failed transaction", .backOff, server),
    Row(.serviceUnavailable, "service unavailable", .backOff, offline),
    Row(.clientDisconnected, "client gone", .backOff, offline),
    Row(.connectionFailed, "connection failed, or rate limit with HTTP 429", .backOff, offline),
    Row(
      .objectNotFound, "not found, or not open to this user", .never,
      "Not here, or not open to you."),
    Row(.invalidQuery, "bad query or parameter, or too complex", .never, filter),
    Row(.invalidClassName, "bad class name", .never, report),
    Row(.missingObjectId, "object id missing", .never, report),
    Row(.invalidFieldName, "bad field name", .never, report),
    Row(.invalidPointer, "bad pointer", .never, report),
    Row(.invalidJSON, "bad JSON, batch path or operator", .never, report),
    Row(.commandUnavailable, "command only for the server's own use", .never, report),
    Row(.notInitialized, "SDK not initialised", .never, report),
    Row(
      .incorrectType, "a value's type differs from its column", .never,
      "The server keeps another kind of value here. Change the value."),
    Row(.invalidChannel, "bad push channel", .never, report),
    Row(.invalidSubscription, "bad push subscription", .never, report),
    Row(.invalidPush, "bad push request", .never, report),
    Row(.pushMisconfigured, "push is not set up", .never, report),
    Row(.objectTooLarge, "object too large", .never, large),
    Row(.noPushTarget, "push without a target", .never, report),
    Row(.appNotFound, "hosted application unknown", .never, report),
    Row(.operationForbidden, "class permissions, new class or column refused", .never, forbidden),
    Row(
      .cacheMiss, "not in the cache", .backOff, "Not on this machine yet. Go online to fetch it."),
    Row(
      .invalidNestedKey, "a key inside a value holds $ or a dot", .never,
      "A key may not hold $ or a dot."),
    Row(.invalidFileName, "bad file name", .never, "The file needs another name."),
    Row(.invalidACL, "bad ACL", .never, report),
    Row(
      .timeout, "the server took too long", .backOff,
      "The server is slow. It is tried again by itself."),
    Row(.invalidEmail, "bad e-mail address", .never, "Not an e-mail address. Check it."),
    Row(.missingContentType, "content type missing", .never, report),
    Row(.missingContentLength, "content length missing", .never, report),
    Row(.invalidContentLength, "content length wrong", .never, report),
    Row(.fileTooLarge, "file too large", .never, large),
    Row(.fileSaveFailed, "file not saved: refused, switched off or storage down"),
    Row(.appUnused, "hosted application without use", .never, report),
    Row(.appSuspended, "hosted application suspended", .never, report),
    Row(.invalidCron, "bad schedule", .never, report),
    Row(.missingField, "a needed part is missing", .never, report),
    Row(
      .cannotChange, "this field cannot change", .never, "This stays as it was made."),
    Row(
      .duplicateValue, "unique value taken", .never, "This value is in use already. Choose another."
    ),
    Row(.changedTypeOfPush, "bad push expiry", .never, report),
    Row(.invalidRoleName, "bad role name"),
    Row(.quotaExceeded, "quota used up", .backOff, wait),
    Row(.scriptFailed, "cloud code failed or refused"),
    Row(.validationFailed, "a required field or a rule of the server"),
    Row(.hookFailed, "a hook failed"),
    Row(.invalidImage, "bad image", .never, report),
    Row(.unsavedFile, "a file that is not saved yet"),
    Row(.invalidPushTime, "bad time of a push"),
    Row(.fileDeleteFailed, "file not deleted"),
    Row(.hostedQueryLimit, "query too costly for the hosted service", .never, filter),
    Row(.requestLimitExceeded, "request limit", .backOff, wait),
    Row(.noDevice, "push without a device", .never, report),
    Row(
      .duplicateRequest, "request id seen before", .readBack, "It arrived already. Reading it back."
    ),
    Row(.invalidEventName, "bad event name"),
    Row(.fileDeleteUnnamed, "file to delete not named"),
    Row(.invalidValue, "a value is refused"),
    Row(.usernameMissing, "user name missing", .never, "Type a name."),
    Row(.passwordMissing, "password missing", .never, "Type a password."),
    Row(.usernameTaken, "user name taken", .never, "This name is taken. Choose another."),
    Row(.emailTaken, "e-mail taken", .never, "This e-mail is in use. Choose another."),
    Row(.emailMissing, "e-mail missing", .never, "Type an e-mail address."),
    Row(
      .emailNotFound, "e-mail unknown, or on login not confirmed", .afterConfirmation,
      "E-mail not known or not confirmed. Open the link that was sent."),
    Row(.sessionMissing, "another user's record without being him", .never, forbidden),
    Row(.mustSignUp, "only by signing up"),
    Row(.accountLinked, "account linked elsewhere"),
    Row(.invalidSession, "session invalid or expired", .afterSignIn, signIn),
    Row(
      .secondFactorFailed, "second factor wrong", .afterConfirmation,
      "The code is not right. Type a new one."),
    Row(
      .secondFactorNeeded, "second factor asked", .afterConfirmation,
      "Type the code of your second factor."),
    Row(.linkedIdMissing, "no linked id"),
    Row(.linkedIdInvalid, "linked session bad, or a transaction met another", .backOff, server),
    Row(.unsupportedService, "sign-in service not supported"),
    Row(.invalidAuthData, "sign-in data bad"),
    Row(.invalidSchema, "schema operation refused"),
    Row(.badClassName, "class name refused"),
    Row(.aggregate, "several errors in one", .never, report),
    Row(
      .fileReadFailed, "file not read here", .never,
      "The file cannot be read. Check that it is there."),
    Row(.browserRequestFailed, "request not possible in a browser", .backOff, offline),
    Row(.queueFull, "named in documents only"),
    Row(.namespaceFull, "named in documents only"),
    Row(.clientVersionUnsupported, "named in documents only"),
  ]
}
