import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";

const POLICIES = ["solo", "team"] as const;
const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const url = (schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), { error: `must be an address that starts with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}` });
const flag = z.enum(["true", "false", "1", "0"], { error: "must be true or false" }).transform((text) => text === "true" || text === "1");

const Environment = z
  .object({
    PORT: z.coerce.number({ error: "must be a port number from 0 to 65535" }).int().min(0).max(65535, { error: "must be a port number from 0 to 65535" }).default(3000),
    HOST: z.string().min(1).default("127.0.0.1"),
    PUBLIC_URL: url(["http:", "https:"]).optional(),
    KOS_DATA_DIR: z.string().min(1).default(".data"),
    KOS_POLICY: z.enum(POLICIES, { error: `must be one of ${POLICIES.join(", ")}` }).default("solo"),
    TRUSTED_PROXIES: z.string().refine((text) => addressList(text).every(isAddressRange), { error: "must be a comma-separated list of addresses or CIDR ranges" }).default(""),
    KOS_KEY_SECRET: z.string().min(16, { error: "must have at least 16 characters" }),
    AUTH_SECRET: z.string().min(32, { error: "must have at least 32 characters" }),
    DATABASE_URL: url(["postgres:", "postgresql:"]),
    S3_ENDPOINT: url(["http:", "https:"]).optional(),
    S3_BUCKET: z.string().min(3).optional(),
    S3_REGION: z.string().min(1).default("us-east-1"),
    S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    S3_FORCE_PATH_STYLE: flag.default(false),
    SMTP_URL: url(["smtp:", "smtps:"]).optional(),
    MAIL_FROM: z.string().min(3).default("kOS Marketplace <noreply@localhost>"),
    LOG_LEVEL: z.enum(LEVELS, { error: `must be one of ${LEVELS.join(", ")}` }).default("info"),
    KOS_EMBEDDED_POSTGRES: flag.default(false),
  })
  .superRefine((env, context) => {
    if (env.S3_BUCKET === undefined) return;
    for (const name of ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const) {
      if (env[name] === undefined) context.addIssue({ code: "custom", path: [name], message: "must be set when S3_BUCKET is" });
    }
  });

export interface S3Config {
  endpoint: string | null;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
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
  keySecret: string;
  authSecret: string;
  databaseUrl: string;
  embeddedPostgres: boolean;
  /** Null means the embedded object store. */
  s3: S3Config | null;
  smtpUrl: string | null;
  mailFrom: string;
  logLevel: (typeof LEVELS)[number];
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
    keySecret: env.KOS_KEY_SECRET,
    authSecret: env.AUTH_SECRET,
    databaseUrl: env.DATABASE_URL,
    embeddedPostgres: env.KOS_EMBEDDED_POSTGRES,
    s3: s3Config(env),
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.MAIL_FROM,
    logLevel: env.LOG_LEVEL,
  };
}

function addressList(text: string): string[] {
  return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
}

function isAddressRange(entry: string): boolean {
  const [address = "", prefix, ...rest] = entry.split("/");
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && rest.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}

function sentence(message: string): string {
  return message.startsWith("must") ? message : `must be set (${message.replace(/^Invalid input: /, "")})`;
}

function s3Config(env: z.infer<typeof Environment>): S3Config | null {
  if (env.S3_BUCKET === undefined) return null;
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    bucket: env.S3_BUCKET,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  };
}
