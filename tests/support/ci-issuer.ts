import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Alg = "RS256" | "ES256" | "EdDSA";
export type Claims = Record<string, unknown>;

export interface SigningChoice {
  alg?: Alg;
  kid?: string;
  key?: KeyObject;
  header?: Record<string, unknown>;
}

export interface CiIssuer {
  /** An issuer's address below this server: each has discovery and keys of its own. */
  url: (name: string) => string;
  /** Signs claims as the issuer `name` does. */
  sign: (name: string, claims: Claims, choice?: SigningChoice) => string;
  /** Replaces the key set of an issuer; returns the new kid. */
  rotate: (name: string) => string;
  /** Answers this path in its own way. */
  answer: (path: string, status: number, body: unknown, headers?: Record<string, string>) => void;
  /** How often each path was asked for. */
  asked: (path: string) => number;
  close: () => Promise<void>;
}

const PAIRS = { RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }), ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }), EdDSA: () => generateKeyPairSync("ed25519") };
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Real issuers of CI identities over HTTP on loopback: real keys and signatures, for claims that no ready-made issuer would sign. */
export async function startCiIssuer(): Promise<CiIssuer> {
  const keys = new Map<string, Map<string, { alg: Alg; privateKey: KeyObject; publicKey: KeyObject }>>();
  const special = new Map<string, { status: number; body: unknown; headers: Record<string, string> }>();
  const counts = new Map<string, number>();
  const setOf = (name: string) => {
    const known = keys.get(name);
    if (known !== undefined) return known;
    const made = new Map((["RS256", "ES256", "EdDSA"] as const).map((alg) => [`${alg}-${randomUUID().slice(0, 8)}`, { alg, ...PAIRS[alg]() }]));
    keys.set(name, made);
    return made;
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    counts.set(path, (counts.get(path) ?? 0) + 1);
    const [, name = "", rest = ""] = /^\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const jwks = () => ({ keys: [...setOf(name)].map(([kid, { alg, publicKey }]) => ({ ...publicKey.export({ format: "jwk" }), kid, alg, use: "sig" })) });
    const usual = rest === "jwks" ? jwks() : rest === ".well-known/openid-configuration" ? { issuer: url(name), jwks_uri: `${url(name)}/jwks` } : null;
    const { status, body, headers } = special.get(path) ?? { status: usual === null ? 404 : 200, body: usual, headers: {} };
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = (name: string) => `${origin}/${name}`;
  return {
    url,
    sign: (name, claims, { alg = "RS256", kid, key, header = {} } = {}) => {
      const [ownKid, own] = [...setOf(name)].find(([, pair]) => pair.alg === alg) ?? [];
      const head = `${encode({ alg, typ: "JWT", kid: kid ?? ownKid, ...header })}.${encode({ iss: url(name), ...claims })}`;
      const privateKey = key ?? own?.privateKey;
      if (privateKey === undefined) throw new Error(`no key for ${alg}`);
      return `${head}.${sign(alg === "EdDSA" ? null : "sha256", Buffer.from(head), alg === "ES256" ? { key: privateKey, dsaEncoding: "ieee-p1363" } : privateKey).toString("base64url")}`;
    },
    rotate: (name) => {
      keys.delete(name);
      return [...setOf(name).keys()][0] ?? "";
    },
    answer: (path, status, body, headers = {}) => void special.set(path, { status, body, headers }),
    asked: (path) => counts.get(path) ?? 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A token that whoever knows only the public key can make: signed with it as an HMAC secret. */
export function signWithPublicKey(token: string, publicPem: string): string {
  const [header = "", claims = ""] = token.split(".");
  const head = `${encode({ ...(JSON.parse(Buffer.from(header, "base64url").toString("utf8")) as object), alg: "HS256" })}.${claims}`;
  return `${head}.${createHmac("sha256", publicPem).update(head).digest("base64url")}`;
}

/** The claims of a push to a protected branch on GitHub, now; `changes` replaces some, undefined leaves one out. */
export function githubClaims(audience: string, repository: string, changes: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  const ref = typeof changes["ref"] === "string" ? changes["ref"] : "refs/heads/main";
  const file = `${repository}/.github/workflows/release.yml@${ref}`;
  return {
    sub: `repo:${repository}:ref:${ref}`,
    aud: audience,
    iat: now,
    nbf: now - 600,
    exp: now + 300,
    jti: randomUUID(),
    repository,
    repository_id: "7001",
    repository_owner: repository.split("/")[0],
    repository_owner_id: "42",
    workflow_ref: file,
    job_workflow_ref: file,
    ref,
    ref_protected: "true",
    event_name: "push",
    runner_environment: "github-hosted",
    sha: "3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b",
    run_id: "9001",
    ...changes,
  };
}

/** The same for GitLab. */
export function gitlabClaims(audience: string, issuer: string, repository: string, changes: Claims = {}): Claims {
  const { sub: _sub, repository: _repository, repository_id: _id, repository_owner: _owner, repository_owner_id: _ownerId, workflow_ref: _workflow, job_workflow_ref: _job, event_name: _event, ref: _ref, run_id: _run, ...common } = githubClaims(audience, repository);
  return { ...common, sub: `project_path:${repository}:ref_type:branch:ref:main`, project_path: repository, project_id: "7002", namespace_id: "43", ref: "main", ref_path: "refs/heads/main", ci_config_ref_uri: `${new URL(issuer).host}/${repository}//.gitlab-ci.yml@refs/heads/main`, pipeline_source: "push", runner_environment: "gitlab-hosted", job_id: "5", ...changes };
}
