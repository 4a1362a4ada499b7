// swift-tools-version: 6.2

import Foundation
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let flyingFox: Target.Dependency = .product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks: Target.Dependency = .product(name: "FlyingSocks", package: "FlyingFox")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

/// A Swift target of the house with its test target beside it. Files in the tests' Fixtures folder,
/// where there is one, are read by path and belong to no target.
func floor(
  _ name: String, _ dependencies: [Target.Dependency], tests: [Target.Dependency] = []
) -> [Target] {
  let fixtures = "Tests/\(name)Tests/Fixtures"
  let hasFixtures = FileManager.default.fileExists(
    atPath: "\(Context.packageDirectory)/\(fixtures)")
  return [
    .target(name: name, dependencies: dependencies, swiftSettings: strict),
    .testTarget(
      name: "\(name)Tests",
      dependencies: [.target(name: name), "TestRandom"] + dependencies + tests,
      exclude: hasFixtures ? ["Fixtures"] : [], swiftSettings: strict),
  ]
}

let package = Package(
  name: "quad",
  products: [.executable(name: "quad", targets: ["quad"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CNcurses"),
    .target(
      name: "CResources", path: "Resources", sources: ["embed"], publicHeadersPath: "embed/include"),
  ]
    + floor("ParseCore", [])
    + floor("ParseClient", ["CCurl", "ParseCore"], tests: [flyingFox])
    + floor("JSONCache", [grdb, sqlite, "ParseCore"], tests: ["CacheWriter"])
    + floor("CRM", ["ParseCore"])
    + floor("TerminalUI", ["CNcurses"], tests: ["TestTerminal"])
    + floor(
      "SyncEngine", ["JSONCache", "ParseClient", "ParseCore"],
      tests: [grdb, "CacheWriter", "Sandbox"])
    + floor(
      "Workspace", ["CRM", "JSONCache", "ParseClient", "ParseCore", "SyncEngine"],
      tests: ["Sandbox"])
    + floor("Sandbox", ["CRM", "CResources", "JSONCache", "ParseCore", flyingSocks])
    + floor("QuadApp", ["CRM", "ParseCore", "TerminalUI"], tests: ["Sandbox", "TestTerminal"])
    + [
      .executableTarget(
        name: "quad",
        dependencies: [
          "CRM", "CResources", "ParseClient", "ParseCore", "QuadApp", "Sandbox", "TerminalUI",
          "Workspace",
          argumentParser,
        ],
        swiftSettings: strict),
      .executableTarget(
        name: "CacheWriter",
        dependencies: ["JSONCache", "ParseClient", "ParseCore", "SyncEngine"],
        path: "Tests/CacheWriter", swiftSettings: strict),
      .executableTarget(
        name: "Benchmarks",
        dependencies: [
          "CRM", "JSONCache", "ParseClient", "ParseCore", "QuadApp", "Sandbox", "SyncEngine",
          "TerminalUI", "Workspace",
        ],
        path: "Tests/Benchmarks", swiftSettings: strict),
      .target(name: "TestRandom", path: "Tests/TestRandom", swiftSettings: strict),
      .target(
        name: "TestTerminal", dependencies: ["CNcurses"], path: "Tests/TestTerminal",
        swiftSettings: strict),
      .testTarget(
        name: "EndToEndTests",
        dependencies: [
          "CNcurses", "JSONCache", "ParseCore", "Sandbox", "TestRandom", "TestTerminal", "quad",
        ],
        swiftSettings: strict),
    ],
  swiftLanguageModes: [.v6]
)
