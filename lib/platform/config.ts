import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";

const POLICIES = ["solo", "team"] as const;
const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const url = (schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), { error: `must be an address that starts with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}` });
const flag = z.enum(["true", "false", "1", "0"], { error: "must be true or false" }).transform((text) => text === "true" || text === "1");

const numberFrom = (min: number, max: number, error: string) => z.coerce.number({ error }).min(min, { error }).max(max, { error });

/** Variables that mean nothing without others. */
const TOGETHER = {
  S3_BUCKET: ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"],
  AUTH_GITHUB_ID: ["AUTH_GITHUB_SECRET"],
  AUTH_OIDC_ISSUER: ["AUTH_OIDC_CLIENT_ID", "AUTH_OIDC_CLIENT_SECRET"],
} as const;

const Environment = z
  .object({
    PORT: z.coerce.number({ error: "must be a port number from 0 to 65535" }).int().min(0).max(65535, { error: "must be a port number from 0 to 65535" }).default(3000),
    HOST: z.string().min(1).default("127.0.0.1"),
    PUBLIC_URL: url(["http:", "https:"]).optional(),
    KOS_DATA_DIR: z.string().min(1).default(".data"),
    KOS_POLICY: z.enum(POLICIES, { error: `must be one of ${POLICIES.join(", ")}` }).default("solo"),
    TRUSTED_PROXIES: z.string().refine((text) => addressList(text).every(isAddressRange), { error: "must be a comma-separated list of addresses or CIDR ranges" }).default(""),
    OUTGOING_ALLOW: z.string().refine((text) => addressList(text).every((entry) => isAddressRange(entry) || isHostName(entry)), { error: "must be a comma-separated list of addresses, CIDR ranges or host names" }).default(""),
    NAME_SERVERS: z.string().refine((text) => addressList(text).every(isServer), { error: "must be a comma-separated list of addresses, each with or without a port" }).default(""),
    KOS_KEY_SECRET: z.string().min(16, { error: "must have at least 16 characters" }),
    AUTH_SECRET: z.string().min(32, { error: "must have at least 32 characters" }),
    DATABASE_URL: url(["postgres:", "postgresql:"]),
    S3_ENDPOINT: url(["http:", "https:"]).optional(),
    S3_PUBLIC_ENDPOINT: url(["http:", "https:"]).optional(),
    S3_BUCKET: z.string().min(3).optional(),
    S3_REGION: z.string().min(1).default("us-east-1"),
    S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    S3_FORCE_PATH_STYLE: flag.default(false),
    AUTH_GITHUB_ID: z.string().min(1).optional(),
    AUTH_GITHUB_SECRET: z.string().min(1).optional(),
    AUTH_GITHUB_URL: url(["http:", "https:"]).default("https://github.com"),
    AUTH_OIDC_ISSUER: url(["http:", "https:"]).optional(),
    AUTH_OIDC_CLIENT_ID: z.string().min(1).optional(),
    AUTH_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    AUTH_OIDC_NAME: z.string().min(1).max(40).default("Single sign-on"),
    SMTP_URL: url(["smtp:", "smtps:"]).optional(),
    TRUSTED_ISSUERS: z.string().refine((text) => readIssuers(text) !== null, { error: "must be `none`, or a comma-separated list of provider=issuer, such as github=https://token.actions.githubusercontent.com, with the providers github, gitlab and generic" }).default("github=https://token.actions.githubusercontent.com,gitlab=https://gitlab.com"),
    PROVENANCE_TRUST_ROOT: z.string().min(1).optional(),
    MAIL_FROM: z.string().min(3).default("kOS Marketplace <noreply@localhost>"),
    LOG_LEVEL: z.enum(LEVELS, { error: `must be one of ${LEVELS.join(", ")}` }).default("info"),
    LOG_POLLS: flag.default(false),
    METRICS_TOKEN: z.string().min(16, { error: "must have at least 16 characters" }).optional(),
    WORKER_METRICS_PORT: numberFrom(1, 65535, "must be a port number from 1 to 65535").int().optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: url(["http:", "https:"]).optional(),
    OTEL_TRACES_SAMPLER_ARG: numberFrom(0, 1, "must be a number from 0 to 1").default(1),
    KOS_READ_ONLY: z.string().min(3, { error: "must say in a few words why nothing may be changed" }).optional(),
    KOS_CACHE_MB: z.coerce.number({ error: "must be a number of megabytes from 0 to 1000000" }).int().min(0).max(1_000_000, { error: "must be a number of megabytes from 0 to 1000000" }).default(1024),
    KOS_EMBEDDED_POSTGRES: flag.default(false),
    KOS_DRAIN_SECONDS: z.coerce.number({ error: "must be a number of seconds from 0 to 5" }).min(0, { error: "must be a number of seconds from 0 to 5" }).max(5, { error: "must be a number of seconds from 0 to 5" }).default(0),
  })
  .superRefine((env, context) => {
    for (const [cause, names] of Object.entries(TOGETHER)) {
      if (env[cause as keyof typeof TOGETHER] === undefined) continue;
      for (const name of names) if (env[name] === undefined) context.addIssue({ code: "custom", path: [name], message: `must be set when ${cause} is` });
    }
  });

/** Every variable that is read, for the documents and the compose file to be compared with. */
export const CONFIGURATION_VARIABLES: readonly string[] = Object.keys(Environment.shape);

export interface S3Config {
  /** Where web and worker reach the store; null for Amazon's own addresses. */
  endpoint: string | null;
  /** Where browsers and hosts reach it: the origin of presigned addresses. Null: the same. */
  publicEndpoint: string | null;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
}

/** A provider of sign-ins, by OAuth 2 or OpenID Connect. */
export interface SignInProvider {
  clientId: string;
  clientSecret: string;
  /** GitHub's own address, or the issuer's. */
  url: string;
  /** What its button says. */
  name: string;
}

/** An issuer of identities of CI runs, and whose words its claims are in. */
export interface TrustedIssuer {
  provider: "github" | "gitlab" | "generic";
  /** The issuer's address exactly as tokens name it. */
  url: string;
}

export interface Config {
  port: number;
  host: string;
  /** Origin that browsers and hosts use, without a trailing slash. */
  publicUrl: string;
  /** Absolute path of the data folder. */
  dataDir: string;
  initialPolicy: (typeof POLICIES)[number];
  /** Addresses and CIDR ranges whose X-Forwarded-For counts. */
  trustedProxies: string[];
  /** Addresses, CIDR ranges and names that requests to the outside may reach although they are not on the internet. */
  outgoingAllow: string[];
  /** Name servers as `address` or `address:port`; null for the system's. */
  nameServers: string[] | null;
  keySecret: string;
  authSecret: string;
  databaseUrl: string;
  embeddedPostgres: boolean;
  /** How long a process that was told to stop goes on answering, so that a proxy in front notices without a lost request. */
  drainSeconds: number;
  /** Null means the embedded object store. */
  s3: S3Config | null;
  github: SignInProvider | null;
  oidc: SignInProvider | null;
  /** Whose identities of CI runs may be exchanged for a token that publishes. */
  trustedIssuers: TrustedIssuer[];
  /** Absolute path of the file that says whose attestations of builds count; null: none do. */
  provenanceTrustRoot: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  logLevel: (typeof LEVELS)[number];
  /** Whether polls of the feed get a log line each. */
  logPolls: boolean;
  /** Whoever sends it may read the metrics; without one only this machine may. */
  metricsToken: string | null;
  /** Where the worker tells its metrics; null for nowhere. */
  workerMetricsPort: number | null;
  /** Base address of an OTLP/HTTP collector; null sends no traces. */
  tracesEndpoint: string | null;
  /** Part of the traces that is sent, 0 to 1. */
  tracesRatio: number;
  /** Why this process refuses changes, whatever the database says; null when it does not. */
  readOnly: string | null;
  /** Most bytes of artifacts that a web process keeps beside an S3 store, for when that does not answer. */
  cacheBytes: number;
}

export class ConfigError extends Error {
  readonly sentences: string[];
  constructor(sentences: string[]) {
    super(sentences.join("\n"));
    this.name = "ConfigError";
    this.sentences = sentences;
  }
}

/**
 * Reads the environment into a checked configuration. Throws a ConfigError with one readable sentence for each
 * variable that is wrong or missing; values are never repeated in it, since some are secrets.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const byName = new Map(parsed.error.issues.map((issue) => [String(issue.path[0]), issue]));
    throw new ConfigError([...byName].map(([name, issue]) => `${name} ${present[name] === undefined ? "is missing: it " : ""}${sentence(issue.message)}.`));
  }
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    publicUrl: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ""),
    dataDir: resolve(join(import.meta.dirname, "..", ".."), env.KOS_DATA_DIR),
    initialPolicy: env.KOS_POLICY,
    trustedProxies: addressList(env.TRUSTED_PROXIES),
    outgoingAllow: addressList(env.OUTGOING_ALLOW),
    nameServers: env.NAME_SERVERS === "" ? null : addressList(env.NAME_SERVERS),
    keySecret: env.KOS_KEY_SECRET,
    authSecret: env.AUTH_SECRET,
    databaseUrl: env.DATABASE_URL,
    embeddedPostgres: env.KOS_EMBEDDED_POSTGRES,
    drainSeconds: env.KOS_DRAIN_SECONDS,
    s3: s3Config(env),
    github: provider(env.AUTH_GITHUB_ID, env.AUTH_GITHUB_SECRET, env.AUTH_GITHUB_URL, "GitHub"),
    oidc: provider(env.AUTH_OIDC_CLIENT_ID, env.AUTH_OIDC_CLIENT_SECRET, env.AUTH_OIDC_ISSUER, env.AUTH_OIDC_NAME),
    trustedIssuers: readIssuers(env.TRUSTED_ISSUERS) ?? [],
    provenanceTrustRoot: env.PROVENANCE_TRUST_ROOT === undefined ? null : resolve(join(import.meta.dirname, "..", ".."), env.PROVENANCE_TRUST_ROOT),
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.MAIL_FROM,
    logLevel: env.LOG_LEVEL,
    logPolls: env.LOG_POLLS,
    metricsToken: env.METRICS_TOKEN ?? null,
    workerMetricsPort: env.WORKER_METRICS_PORT ?? null,
    tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    tracesRatio: env.OTEL_TRACES_SAMPLER_ARG,
    readOnly: env.KOS_READ_ONLY ?? null,
    cacheBytes: env.KOS_CACHE_MB * 1024 * 1024,
  };
}

function provider(clientId: string | undefined, clientSecret: string | undefined, url: string | undefined, name: string): SignInProvider | null {
  return clientId === undefined || clientSecret === undefined || url === undefined ? null : { clientId, clientSecret, url: url.replace(/\/+$/, ""), name };
}

function addressList(text: string): string[] {
  return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
}

/** Null when an entry is none: an https address (http on this machine), without what tokens would not repeat. */
function readIssuers(text: string): TrustedIssuer[] | null {
  if (text.trim() === "none") return [];
  const entries = addressList(text).map((entry): TrustedIssuer | null => {
    const [, provider, address = ""] = /^(github|gitlab|generic)=(\S+)$/.exec(entry) ?? [];
    if (provider === undefined || !URL.canParse(address) || /[?#]|\/$/.test(address)) return null;
    const { protocol, hostname, username } = new URL(address);
    const safe = protocol === "https:" || (protocol === "http:" && /^(127\.0\.0\.1|\[::1\])$/.test(hostname));
    return safe && username === "" ? { provider: provider as TrustedIssuer["provider"], url: address } : null;
  });
  return entries.includes(null) || entries.length === 0 ? null : (entries as TrustedIssuer[]);
}

function isAddressRange(entry: string): boolean {
  const [address = "", prefix, ...rest] = entry.split("/");
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && rest.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}

/** An address of a name server, or an address with a port: `9.9.9.9`, `9.9.9.9:53`, `[2620:fe::fe]:53`. */
function isServer(entry: string): boolean {
  const [, address = entry] = /^\[?([^\]]+?)\]?:\d{1,5}$/.exec(isIP(entry) === 6 ? "" : entry) ?? [];
  return isIP(address) !== 0;
}

/** Not only digits and dots: a mistyped address is no name. */
function isHostName(entry: string): boolean {
  return /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(entry) && /[a-z][^.]*$/i.test(entry);
}

function sentence(message: string): string {
  return message.startsWith("must") ? message : `must be set (${message.replace(/^Invalid input: /, "")})`;
}

function s3Config(env: z.infer<typeof Environment>): S3Config | null {
  if (env.S3_BUCKET === undefined) return null;
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    publicEndpoint: env.S3_PUBLIC_ENDPOINT ?? null,
    bucket: env.S3_BUCKET,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  };
}
