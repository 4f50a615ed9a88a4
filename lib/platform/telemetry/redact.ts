import { processWide } from "../process-wide.ts";

/** Variables whose whole value is a secret. */
const SECRETS = ["AUTH_SECRET", "NEXTAUTH_SECRET", "KOS_KEY_SECRET", "S3_SECRET_ACCESS_KEY", "METRICS_TOKEN", "POSTGRES_PASSWORD", "AUTH_GITHUB_SECRET", "AUTH_OIDC_CLIENT_SECRET", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"];
/** Variables that hold a password inside of an address. */
const ADDRESSES = ["DATABASE_URL", "TEST_DATABASE_URL", "SMTP_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"];
const SHORTEST = 6;

/** Secrets that no list can know, by their form: what people and programs send, and what links carry. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/\bkos_[0-9A-Za-z]{16,}/g, "kos_[redacted]"],
  [/((?:__Host-|__Secure-)?(?:kos-session|next-auth\.[\w.-]+)=)[^;,\s"'\\]+/g, "$1[redacted]"],
  [/([?&](?:token|sig|code|state|secret|password|X-Amz-Signature|X-Amz-Security-Token)=)[^&\s"'\\]+/gi, "$1[redacted]"],
  [/\b(Bearer|Basic) +[\w.~+/=-]{6,}/gi, "$1 [redacted]"],
  [/\b([a-z][a-z0-9+]{2,15}:\/\/[^\s:/@"'\\]*):[^\s@"'\\]{1,1024}@/gi, "$1:[redacted]@"],
  // Begins where a run of such letters begins: a long path without an `@` is read once, not once from each of its letters.
  [/(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b/gi, "[address]"],
];

/** The process's own secrets as they may turn up: as they are, percent-decoded, and inside of JSON. */
function ownSecrets(environment: Record<string, string | undefined>): string[] {
  const values = SECRETS.map((name) => environment[name] ?? "");
  for (const name of ADDRESSES) {
    const address = URL.parse(environment[name] ?? "");
    if (address !== null) values.push(address.password, decoded(address.password));
  }
  const forms = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return [...new Set(forms)].filter((value) => value.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Text without the secrets of this process, credentials, one-time links and e-mail addresses, wherever they stand in it. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of processWide("own-secrets", () => ownSecrets(process.env))) if (clean.includes(secret)) clean = clean.replaceAll(secret, "[redacted]");
  for (const [form, replacement] of FORMS) clean = clean.replace(form, replacement);
  return clean;
}

/**
 * Lets nothing that other code prints leave this process with a secret in it: Next and drivers write errors to the
 * console, past the logger. Once the environment is complete.
 */
export function redactOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
    stream.write = ((chunk: unknown, ...rest: unknown[]) => write(typeof chunk === "string" ? redact(chunk) : chunk, ...rest)) as typeof stream.write;
  }
}
