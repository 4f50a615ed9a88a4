import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "#lib/platform/index.ts";

const GOOD = { KOS_KEY_SECRET: "k".repeat(16), AUTH_SECRET: "a".repeat(32), DATABASE_URL: "postgresql://localhost/kos" };

/** The sentences that an environment is refused with. */
function refusals(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
  return [];
}

test("the documented defaults", () => {
  expect(readConfig(GOOD)).toMatchObject({ port: 3000, host: "127.0.0.1", publicUrl: "http://localhost:3000", initialPolicy: "solo", trustedProxies: [], outgoingAllow: [], s3: null, smtpUrl: null, logLevel: "info" });
});

test("an empty value is an absent one", () => {
  expect(readConfig({ ...GOOD, PORT: "", S3_BUCKET: "", SMTP_URL: "" })).toMatchObject({ port: 3000, s3: null, smtpUrl: null });
});

describe("a wrong or missing value is one readable sentence", () => {
  test.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["PUBLIC_URL", "market.example"],
    ["PUBLIC_URL", "ftp://market.example"],
    ["KOS_POLICY", "anarchy"],
    ["KOS_KEY_SECRET", "short"],
    ["AUTH_SECRET", "short"],
    ["DATABASE_URL", "mysql://localhost/kos"],
    ["SMTP_URL", "https://mail.example"],
    ["LOG_LEVEL", "loud"],
    ["S3_FORCE_PATH_STYLE", "perhaps"],
    ["LOG_POLLS", "often"],
    ["METRICS_TOKEN", "short"],
    ["WORKER_METRICS_PORT", "0"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
    ["OTEL_TRACES_SAMPLER_ARG", "1.5"],
    ["OUTGOING_ALLOW", "10.0.0.256"],
    ["OUTGOING_ALLOW", "10.0.0.0/33"],
    ["OUTGOING_ALLOW", "https://issuer.example"],
  ])("%s=%s", (name, value) => {
    const sentences = refusals({ ...GOOD, [name]: value });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(new RegExp(`^${name} must .+\\.$`));
    expect(sentences[0]).not.toContain(value);
  });

  test("all of them at once, each named", () => {
    const sentences = refusals({ PORT: "x", KOS_POLICY: "y" });
    expect(sentences.map((sentence) => sentence.split(" ")[0]).sort()).toEqual(["AUTH_SECRET", "DATABASE_URL", "KOS_KEY_SECRET", "KOS_POLICY", "PORT"]);
    expect(sentences.find((sentence) => sentence.startsWith("AUTH_SECRET"))).toMatch(/^AUTH_SECRET is missing: it must .+\.$/);
  });

  test("a bucket without its credentials names both", () => {
    expect(refusals({ ...GOOD, S3_BUCKET: "artifacts" })).toEqual(["S3_ACCESS_KEY_ID is missing: it must be set when S3_BUCKET is.", "S3_SECRET_ACCESS_KEY is missing: it must be set when S3_BUCKET is."]);
  });
});
