/**
 * Names that would read as part of the registry, of an address or of a tool.
 * An id with the same skeleton as one of these is refused too (`adm1n`).
 */
const RESERVED_NAMES = [
  "about", "abuse", "account", "accounts", "admin", "administrator", "anonymous", "api", "app", "apps", "assets",
  "atom", "auth", "billing", "blog", "bundle", "bundles", "callback", "catalog", "catalogue", "cdn", "changes",
  "channel", "channels", "community", "config", "console", "constructor", "council", "dashboard", "default", "deno",
  "dependencies", "docs", "download", "downloads", "error", "favicon", "feed", "feeds", "graph", "health", "healthz",
  "help", "home", "host", "hosts", "index", "install", "kai", "keys", "kos", "kosmarket", "latest", "legal", "listing",
  "listings", "localhost", "log", "login", "logout", "log-in", "log-out", "manifest", "market", "marketplace",
  "metrics", "moderation", "moderator", "new", "node", "npm", "null", "official", "openapi", "operator", "org",
  "organisation", "organisations", "organization", "organizations", "owner", "package", "packages", "plugin",
  "plugins", "policies", "policy", "privacy", "prototype", "public", "publish", "publisher", "publishers", "queue",
  "readyz", "registry", "reports", "review", "reviewer", "reviews", "robots", "root", "rss", "schema", "schemas",
  "search", "security", "service", "services", "session", "sessions", "settings", "sign-in", "sign-out", "sign-up",
  "signin", "signout", "signup", "sitemap", "static", "status", "submission", "submissions", "support", "system",
  "taxonomy", "team", "terms", "test", "token", "tokens", "trust", "trusted", "tuf", "undefined", "unverified",
  "update", "updates", "upload", "uploads", "user", "users", "validate", "vendor", "verified", "version", "versions",
  "webhook", "webhooks", "well-known", "www",
] as const;

/** Folder names that Windows keeps for devices: an id is a folder on every host. */
const DEVICE_NAMES = [
  "aux", "con", "nul", "prn",
  ...Array.from({ length: 10 }, (_, number) => `com${number}`),
  ...Array.from({ length: 10 }, (_, number) => `lpt${number}`),
];

/** Every id that nobody may take. */
export const RESERVED_IDS: ReadonlySet<string> = new Set([...RESERVED_NAMES, ...DEVICE_NAMES]);

/** The reserved names whose look-alikes are refused as well. */
export const RESERVED_LOOKALIKE_NAMES: readonly string[] = RESERVED_NAMES;
