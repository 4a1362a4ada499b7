@main struct Quad { static func main() {} }
