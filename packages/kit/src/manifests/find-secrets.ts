import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { toPointer } from "../json-pointer.ts";

/** Forms in which well-known issuers write their secrets; each is long enough never to be a plain word. */
const SECRET_FORMS: readonly { issuer: string; form: RegExp }[] = [
  { issuer: "an OpenAI or Anthropic key", form: /\bsk-[A-Za-z0-9_-]{16,}/ },
  { issuer: "a GitHub token", form: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/ },
  { issuer: "a GitLab token", form: /\bglpat-[A-Za-z0-9_-]{16,}/ },
  { issuer: "an AWS key", form: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { issuer: "a Google key", form: /\bAIza[A-Za-z0-9_-]{30,}/ },
  { issuer: "a Hugging Face token", form: /\bhf_[A-Za-z0-9]{20,}/ },
  { issuer: "a Replicate token", form: /\br8_[A-Za-z0-9]{20,}/ },
  { issuer: "an npm token", form: /\bnpm_[A-Za-z0-9]{30,}/ },
  { issuer: "a Slack token", form: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { issuer: "a Stripe key", form: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  { issuer: "a token of this registry", form: /\bkos_[A-Za-z0-9_-]{40,}/ },
  { issuer: "a JSON web token", form: /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/ },
  { issuer: "a private key", form: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  { issuer: "a bearer token", form: /^(?:bearer|basic|token)\s+[A-Za-z0-9+/=._~-]{16,}$/i },
];

/** Fields that hold nothing but a secret, in the places where authors are tempted to put one. */
const SECRET_FIELD = /^(?:api[_-]?key|(?:access[_-]?|auth[_-]?|bearer[_-]?|api[_-]?)?token|password|passwd|secret|client[_-]?secret|credentials?)$/i;
const SECRET_HEADER = /^(?:authorization|proxy-authorization|cookie|x-api-key|api-key|x-auth-token|x-goog-api-key)$/i;
const SECRET_QUERY = /[?&](?:api[_-]?key|key|token|access_token|secret|password)=(?!\{)[^&#]{6,}/i;

type Path = readonly (string | number)[];

/** Every text of the manifest that is, or can only be, a secret. The problems carry no place yet, and never the secret. */
export function findSecrets(value: unknown): Problem[] {
  return walk(value, []);
}

function walk(value: unknown, path: Path): Problem[] {
  if (typeof value === "string") return judge(value, path);
  if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => walk(inner, [...path, key]));
}

function judge(text: string, path: Path): Problem[] {
  const known = SECRET_FORMS.find(({ form }) => form.test(text));
  if (known !== undefined) return [secretAt(path, `This reads like ${known.issuer}.`)];
  if (SECRET_QUERY.test(text)) return [secretAt(path, "The address carries a secret in its query.")];
  const field = String(path.at(-1) ?? "");
  const holder = path.at(-2);
  if (holder === "auth" && SECRET_FIELD.test(field)) return [secretAt(path, `\`auth.${field}\` would hold the secret itself.`)];
  if (holder === "headers" && SECRET_HEADER.test(field)) return [secretAt(path, `The header \`${field}\` carries a secret.`)];
  if (path.at(-3) === "env" && field === "value") return [secretAt(path, "An environment entry names a variable and never gives its value.")];
  return [];
}

function secretAt(path: Path, detail: string): Problem {
  return makeProblem({
    code: "manifest.secret",
    check: "manifest",
    pointer: toPointer(path),
    detail,
    suggestion: "Name the environment variable that holds it in `auth.token_env`, and revoke this one if it is real.",
  });
}
